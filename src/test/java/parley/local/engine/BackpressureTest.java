package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackpressureTest {

  @Test
  void a_hub_that_is_behind_refuses_starts_and_keeps_what_it_has_accepted(@TempDir Path folder)
      throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    ScriptedWorker worker =
        new ScriptedWorker()
            .orchestrator("Call", ctx -> ctx.callActivity("Gate", null, String.class).await())
            .activity(
                "Gate",
                input -> {
                  open.await();
                  return "\"through\"";
                });
    int most = 3;
    try (DurableEngine engine =
            DurableEngine.start(
                new DurableEngine.Options(
                    folder.resolve("hub.db"), 0, Clock.systemUTC(), 1, 1, most, Duration.ofDays(7)),
                worker);
        DurableTaskClient client =
            new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build()) {
      List<String> accepted = new ArrayList<>();

      StatusRuntimeException refusal =
          assertThrows(
              StatusRuntimeException.class,
              () -> {
                while (accepted.size() < 1_000) {
                  accepted.add(client.scheduleNewOrchestrationInstance("Call"));
                }
              });
      open.countDown();

      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatus().getCode());
      for (String id : accepted) {
        assertEquals(
            "through",
            client
                .waitForInstanceCompletion(id, TestEngine.PATIENCE, true)
                .readOutputAs(String.class));
      }
    }
  }
}
