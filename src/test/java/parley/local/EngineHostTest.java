package parley.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.services.StartException;

class EngineHostTest {

  @TempDir private Path state;

  private static DurableTaskClient client(EngineHost host) {
    return new DurableTaskGrpcClientBuilder().port(host.port()).build();
  }

  @Test
  void it_keeps_its_store_until_it_is_reset() {
    try (Parts parts = new Parts();
        DurableTaskClient client = client(EngineHost.start(state, false, 0, parts))) {
      client.scheduleNewOrchestrationInstance(
          "Later", new NewOrchestrationInstanceOptions().setInstanceId("kept"));
    }
    try (Parts parts = new Parts();
        DurableTaskClient client = client(EngineHost.start(state, false, 0, parts))) {
      assertTrue(client.getInstanceMetadata("kept", false).isInstanceFound());
    }
    try (Parts parts = new Parts();
        DurableTaskClient client = client(EngineHost.start(state, true, 0, parts))) {
      assertFalse(client.getInstanceMetadata("kept", false).isInstanceFound());
    }
  }

  @Test
  void it_says_what_it_serves() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Parts parts = new Parts()) {
      EngineHost host = EngineHost.start(state, false, 0, parts);
      host.print(new PrintStream(printed));

      assertTrue(printed.toString().contains("127.0.0.1:" + host.port()), printed.toString());
    }
  }

  @Test
  void a_taken_port_is_reported_by_number() {
    try (Parts parts = new Parts();
        Parts others = new Parts()) {
      int port = EngineHost.start(state.resolve("one"), false, 0, parts).port();

      StartException refusal =
          assertThrows(
              StartException.class,
              () -> EngineHost.start(state.resolve("other"), false, port, others));

      String message = refusal.getMessage();
      assertTrue(message.startsWith("the durable engine's gRPC port " + port), message);
    }
  }
}
