package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

  @TempDir private Path folder;

  @Test
  void an_activity_that_was_broken_off_runs_again() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    ScriptedWorker worker =
        new ScriptedWorker()
            .orchestrator("Call", ctx -> ctx.callActivity("Slow", null, String.class).await())
            .activity(
                "Slow",
                input -> {
                  if (calls.incrementAndGet() == 1) {
                    begun.countDown();
                    new CountDownLatch(1).await(); // until it is interrupted
                  }
                  return "\"at last\"";
                });
    try (TestEngine hub = new TestEngine(folder, worker)) {
      String id = hub.start("Call", null);
      begun.await();

      hub.restart();

      assertEquals("at last", hub.finished(id).readOutputAs(String.class));
      assertEquals(2, calls.get());
    }
  }

  @Test
  void a_turn_that_was_broken_off_is_played_again() throws Exception {
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    ScriptedWorker worker =
        new ScriptedWorker()
            .orchestrator(
                "Hang",
                ctx -> {
                  if (turns.incrementAndGet() == 1) {
                    begun.countDown();
                    hang();
                  }
                  return "second try";
                });
    try (TestEngine hub = new TestEngine(folder, worker)) {
      String id = hub.start("Hang", null);
      begun.await();

      hub.restart();

      assertEquals("second try", hub.finished(id).readOutputAs(String.class));
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("broken off", e);
    }
  }

  @Test
  void it_closes_within_two_seconds_whatever_is_running() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ScriptedWorker worker =
        new ScriptedWorker()
            .orchestrator("Call", ctx -> ctx.callActivity("Deaf", null, String.class).await())
            .activity(
                "Deaf",
                input -> {
                  begun.countDown();
                  while (true) {
                    Thread.onSpinWait(); // hears no interrupt
                  }
                });
    TestEngine hub = new TestEngine(folder, worker);
    hub.start("Call", null);
    begun.await();

    long before = System.nanoTime();
    hub.engine().close();

    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    assertTrue(millis < 2_500, "took " + millis + " ms");
    hub.close();
  }

  @Test
  void what_was_acknowledged_survives_a_process_that_is_halted() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HaltedEngine.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String id = new String(process.getInputStream().readAllBytes()).trim();
    assertEquals(HaltedEngine.HALTED, process.waitFor());

    ScriptedWorker worker =
        HaltedEngine.worker().activity("Halt", input -> "\"after the power cut\"");
    try (TestEngine hub = new TestEngine(folder, worker)) {
      hub.advance(Duration.ofDays(2));
      assertEquals(
          "before the power cut, after the power cut", hub.finished(id).readOutputAs(String.class));
    }
  }

  @Test
  void a_second_engine_on_the_same_store_refuses_to_start_and_says_why() {
    ScriptedWorker worker = new ScriptedWorker().orchestrator("Echo", ctx -> "x");
    try (TestEngine hub = new TestEngine(folder, worker)) {
      DurableEngine.Options same = new DurableEngine.Options(hub.store(), 0, hub.clock);

      IOException refusal =
          assertThrows(IOException.class, () -> DurableEngine.start(same, worker));

      assertTrue(
          refusal.getMessage().contains("is in use by another engine"), refusal.getMessage());
      assertEquals(
          OrchestrationRuntimeStatus.COMPLETED,
          hub.client()
              .getInstanceMetadata(waitFor(hub, hub.start("Echo", null)), false)
              .getRuntimeStatus());
    }
  }

  private static String waitFor(TestEngine hub, String id) {
    TestEngine.until(() -> hub.get(id).isCompleted());
    return id;
  }

  @Test
  void a_taken_port_is_reported_by_name_and_number() {
    ScriptedWorker worker = new ScriptedWorker();
    try (TestEngine hub = new TestEngine(folder, worker)) {
      int port = hub.engine().grpcPort();
      DurableEngine.Options taken =
          new DurableEngine.Options(folder.resolve("other.db"), port, hub.clock);

      IOException refusal =
          assertThrows(IOException.class, () -> DurableEngine.start(taken, worker));

      String message = refusal.getMessage();
      assertTrue(message.startsWith("the durable engine's gRPC port " + port), message);
      assertTrue(message.endsWith("Address already in use"), message);
    }
  }
}
