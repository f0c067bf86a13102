package parley.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static parley.game.ScriptedActivities.state;

import com.google.protobuf.TextFormat;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.game.rules.GameSession.Status;
import parley.local.TestClock;
import parley.local.engine.DurableEngine;
import parley.local.engine.run.Worker;
import parley.local.functions.DurableClients;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionInvoker;
import parley.local.functions.FunctionWorker;
import parley.platform.Json;

/**
 * Games that were begun by an earlier version of the code go on under this one: what histories hold
 * outlives a deployment. The recorded turns lie in src/test/resources/histories; the test that
 * plays a game writes new ones to target/histories, to be copied there when a change is meant to
 * be.
 */
class RecordedHistoryTest {

  private static final Path RECORDED = Path.of("src", "test", "resources", "histories");
  private static final Path WRITTEN = Path.of("target", "histories");
  private static final String SESSION = "00000000-0000-4000-8000-000000000001";

  private static FunctionWorker worker(ScriptedActivities activities) {
    FunctionInstanceInjector injector =
        new FunctionInstanceInjector() {
          @Override
          public <T> T getInstance(Class<T> type) {
            return type.cast(type == GameOrchestrator.class ? new GameOrchestrator() : activities);
          }
        };
    FunctionCatalog catalog =
        FunctionCatalog.of(List.of(GameOrchestrator.class, ScriptedActivities.class));
    return new FunctionWorker(catalog, new FunctionInvoker(injector, new DurableClients()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void a_recorded_turn_is_answered_as_it_was(int turn) throws Exception {
    OrchestratorRequest request =
        TextFormat.parse(
            Files.readString(RECORDED.resolve("game-" + turn + "-request.txtpb")),
            OrchestratorRequest.class);
    OrchestratorResponse recorded =
        TextFormat.parse(
            Files.readString(RECORDED.resolve("game-" + turn + "-response.txtpb")),
            OrchestratorResponse.class);

    OrchestratorResponse now = worker(new ScriptedActivities()).orchestrate(request);

    assertEquals(recorded.toString(), now.toString());
  }

  /** Writes down each turn that it runs. */
  private record Recorder(Worker worker, AtomicInteger turns) implements Worker {
    @Override
    public boolean hasOrchestrator(String name) {
      return worker.hasOrchestrator(name);
    }

    @Override
    public boolean hasActivity(String name) {
      return worker.hasActivity(name);
    }

    @Override
    public OrchestratorResponse orchestrate(OrchestratorRequest request) throws Exception {
      OrchestratorResponse response = worker.orchestrate(request);
      String turn = "game-" + turns.incrementAndGet();
      write(turn + "-request.txtpb", request.toString());
      write(turn + "-response.txtpb", response.toString());
      return response;
    }

    @Override
    public String callActivity(ActivityRequest request) throws Exception {
      return worker.callActivity(request);
    }

    private static void write(String name, String text) {
      try {
        Files.createDirectories(WRITTEN);
        Files.writeString(WRITTEN.resolve(name), text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Start, one move, and a last event: three activities and two generations. */
  @Test
  void a_game_takes_the_turns_that_were_recorded(@TempDir Path folder) throws Exception {
    Instant start = Instant.parse("2026-03-01T12:00:00Z");
    Instant deadline = start.plus(Duration.ofDays(10));
    ScriptedActivities activities = new ScriptedActivities();
    activities.row = event -> state(2, Status.IN_PROGRESS, deadline);
    Recorder recorder = new Recorder(worker(activities), new AtomicInteger());
    DurableEngine.Options options =
        new DurableEngine.Options(folder.resolve("durable.db"), 0, new TestClock(start.toString()));
    try (DurableEngine engine = DurableEngine.start(options, recorder);
        DurableTaskClient client =
            new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build()) {
      client.scheduleNewOrchestrationInstance(
          GameNames.GAME_ORCHESTRATOR,
          new NewOrchestrationInstanceOptions()
              .setInstanceId(SESSION)
              .setInput(Json.tree(new GameNames.StartGame())));
      awaitTurns(recorder, 2);
      activities.row = event -> state(3, Status.IN_PROGRESS, deadline);
      client.raiseEvent(SESSION, GameNames.TAKE_TURN, Json.tree(new GameNames.Wake(3)));
      awaitTurns(recorder, 5);
      activities.row = event -> state(4, Status.COMPLETED, null);
      client.raiseEvent(SESSION, GameNames.FORFEIT, Json.tree(new GameNames.Wake(4)));
      client.waitForInstanceCompletion(SESSION, Duration.ofSeconds(20), false);
    }
    assertEquals(7, recorder.turns().get());
  }

  private static void awaitTurns(Recorder recorder, int turns) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (recorder.turns().get() < turns && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(turns, recorder.turns().get());
  }
}
