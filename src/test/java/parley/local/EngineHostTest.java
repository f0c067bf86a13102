package parley.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.engine.DurableEngine;
import parley.local.services.StartException;

class EngineHostTest {

  @TempDir private Path state;

  private static DurableTaskClient client(EngineHost host) {
    return new DurableTaskGrpcClientBuilder().port(host.port()).build();
  }

  @Test
  void it_keeps_its_store_until_it_is_reset() {
    try (Parts parts = new Parts();
        DurableTaskClient client =
            client(EngineHost.start(state, false, 0, DurableEngine.A_WEEK, parts))) {
      client.scheduleNewOrchestrationInstance(
          "Later", new NewOrchestrationInstanceOptions().setInstanceId("kept"));
    }
    try (Parts parts = new Parts();
        DurableTaskClient client =
            client(EngineHost.start(state, false, 0, DurableEngine.A_WEEK, parts))) {
      assertTrue(client.getInstanceMetadata("kept", false).isInstanceFound());
    }
    try (Parts parts = new Parts();
        DurableTaskClient client =
            client(EngineHost.start(state, true, 0, DurableEngine.A_WEEK, parts))) {
      assertFalse(client.getInstanceMetadata("kept", false).isInstanceFound());
    }
  }

  @Test
  void it_says_what_it_serves() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Parts parts = new Parts()) {
      EngineHost host = EngineHost.start(state, false, 0, DurableEngine.A_WEEK, parts);
      host.print(new PrintStream(printed));

      assertTrue(printed.toString().contains("127.0.0.1:" + host.port()), printed.toString());
    }
  }

  @Test
  void it_is_what_the_command_line_starts_if_asked_for() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dengine=true",
                "-Dport.durable=0",
                "-cp",
                System.getProperty("java.class.path"),
                LocalHost.class.getName())
            .directory(state.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader printed = process.inputReader()) {
      String first = printed.readLine();
      while (first != null && first.isBlank()) {
        first = printed.readLine();
      }

      assertTrue(first != null && first.startsWith("Durable engine: gRPC 127.0.0.1:"), first);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void a_taken_port_is_reported_by_number() {
    try (Parts parts = new Parts();
        Parts others = new Parts()) {
      int port =
          EngineHost.start(state.resolve("one"), false, 0, DurableEngine.A_WEEK, parts).port();

      StartException refusal =
          assertThrows(
              StartException.class,
              () ->
                  EngineHost.start(
                      state.resolve("other"), false, port, DurableEngine.A_WEEK, others));

      String message = refusal.getMessage();
      assertTrue(message.startsWith("the durable engine's gRPC port " + port), message);
    }
  }
}
