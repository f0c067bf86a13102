package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.functions.Samples;

/** Orchestrations through the whole host: the SDK's client, the engine, the SDK's middleware. */
class LocalHostDurableTest {

  @TempDir private Path folder;

  @Test
  void an_orchestrator_runs_its_activity_and_completes() throws Exception {
    OrchestrationMetadata end = run("Greet", "Ada");
    assertEquals("composed <{\"name\":\"Ada\"}>", end.readOutputAs(String.class));
  }

  @Test
  void an_orchestrator_that_throws_fails() throws Exception {
    OrchestrationMetadata end = run("Broken", "Ada");
    assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
    String failure = end.getFailureDetails().getErrorMessage();
    assertTrue(failure.contains("broken on purpose") || failure.contains("Unexpected"), failure);
  }

  private OrchestrationMetadata run(String orchestrator, String input) throws Exception {
    try (LocalHost host = LocalHost.start(options());
        DurableTaskClient client =
            new DurableTaskGrpcClientBuilder().port(host.durablePort()).build()) {
      String id = client.scheduleNewOrchestrationInstance(orchestrator, input);
      return client.waitForInstanceCompletion(id, Duration.ofSeconds(20), true);
    }
  }

  private LocalOptions options() {
    return new LocalOptions(
        folder,
        false,
        LocalPorts.ANY,
        Clock.systemUTC(),
        List.of(SampleFunctions.class),
        Map.of(
            "MYSQL_CONNECTION_STRING",
            "jdbc:mysql://nowhere/",
            "REDIS_CONNECTION_STRING",
            "redis://nowhere",
            "TICK_SCHEDULE",
            "0 0 * * * *"),
        Map.of(),
        (settings, clock) -> new HostedApp(Samples.injector(new SampleFunctions()), () -> {}));
  }
}
