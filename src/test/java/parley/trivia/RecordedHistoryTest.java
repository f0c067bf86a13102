package parley.trivia;

import static parley.trivia.ScriptedActivities.sent;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.RecordedTurns;
import parley.TestWorker;
import parley.local.TestClock;
import parley.local.engine.DurableEngine;
import parley.platform.Json;
import parley.trivia.TriviaActivities.Sent;

/** The one game never ends, so what an earlier version put into its history has to fit. */
class RecordedHistoryTest {

  private static final Duration BEAT = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_recorded_turn_is_answered_as_it_was(int turn) throws Exception {
    RecordedTurns.assertAnsweredAsRecorded(
        TestWorker.of(new TriviaOrchestrator(), new ScriptedActivities()), "trivia-" + turn);
  }

  /** A beat with a clue, one without, and the next: three turns each, two of the last. */
  @Test
  void a_game_takes_the_turns_that_were_recorded(@TempDir Path folder) throws Exception {
    TestClock clock = new TestClock("2026-03-01T12:00:00Z");
    ScriptedActivities activities = new ScriptedActivities();
    RecordedTurns turns =
        new RecordedTurns(TestWorker.of(new TriviaOrchestrator(), activities), "trivia");
    DurableEngine.Options options =
        new DurableEngine.Options(folder.resolve("durable.db"), 0, clock);
    try (DurableEngine engine = DurableEngine.start(options, turns);
        DurableTaskClient client =
            new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build()) {
      client.scheduleNewOrchestrationInstance(
          TriviaNames.TRIVIA_ORCHESTRATOR,
          new NewOrchestrationInstanceOptions()
              .setInstanceId(TriviaNames.GAME)
              .setInput(Json.tree(new TriviaNames.StartTrivia((int) BEAT.toSeconds()))));
      turns.await(2);
      activities.script = beat -> new Sent(null, "no source gave a clue");
      clock.advance(BEAT);
      engine.clockMoved();
      turns.await(5);
      activities.script = beat -> sent("c2");
      clock.advance(BEAT);
      engine.clockMoved();
      turns.await(8);
    }
  }
}
