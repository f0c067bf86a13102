package parley.game;

import static parley.game.ScriptedActivities.state;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.RecordedTurns;
import parley.TestWorker;
import parley.game.rules.GameSession.Status;
import parley.local.TestClock;
import parley.local.engine.DurableEngine;
import parley.platform.Json;

/**
 * Games that were begun by an earlier version of the code go on under this one: what histories hold
 * outlives a deployment.
 */
class RecordedHistoryTest {

  private static final String SESSION = "00000000-0000-4000-8000-000000000001";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void a_recorded_turn_is_answered_as_it_was(int turn) throws Exception {
    RecordedTurns.assertAnsweredAsRecorded(
        TestWorker.of(new GameOrchestrator(), new ScriptedActivities()), "game-" + turn);
  }

  /** Start, one move, and a last event: three activities and two generations. */
  @Test
  void a_game_takes_the_turns_that_were_recorded(@TempDir Path folder) throws Exception {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    Instant deadline = start.plus(Duration.ofDays(10));
    ScriptedActivities activities = new ScriptedActivities();
    activities.row = event -> state(2, Status.IN_PROGRESS, deadline);
    RecordedTurns turns =
        new RecordedTurns(TestWorker.of(new GameOrchestrator(), activities), "game");
    DurableEngine.Options options =
        new DurableEngine.Options(folder.resolve("durable.db"), 0, new TestClock(start.toString()));
    try (DurableEngine engine = DurableEngine.start(options, turns);
        DurableTaskClient client =
            new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build()) {
      client.scheduleNewOrchestrationInstance(
          GameNames.GAME_ORCHESTRATOR,
          new NewOrchestrationInstanceOptions()
              .setInstanceId(SESSION)
              .setInput(Json.tree(new GameNames.StartGame())));
      turns.await(2);
      activities.row = event -> state(3, Status.IN_PROGRESS, deadline);
      client.raiseEvent(SESSION, GameNames.TAKE_TURN, Json.tree(new GameNames.Wake(3)));
      turns.await(5);
      activities.row = event -> state(4, Status.COMPLETED, null);
      client.raiseEvent(SESSION, GameNames.FORFEIT, Json.tree(new GameNames.Wake(4)));
      client.waitForInstanceCompletion(SESSION, Duration.ofSeconds(20), false);
    }
    turns.await(7);
  }
}
