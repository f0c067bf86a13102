package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large instances and many instances. That they are done at all is tested, not how fast. */
class LoadTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ScriptedWorker worker = new ScriptedWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    worker.activity("Same", input -> input);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private <T> T output(String id, Class<T> type) throws Exception {
    return hub.client().waitForInstanceCompletion(id, PATIENCE, true).readOutputAs(type);
  }

  @Test
  void one_instance_takes_a_thousand_events() throws Exception {
    worker.orchestrator(
        "Sum",
        ctx -> {
          int sum = 0;
          for (int i = 0; i < 1_000; i++) {
            sum += ctx.waitForExternalEvent("add", Integer.class).await();
          }
          return sum;
        });
    String id = hub.start("Sum", null);

    for (int i = 1; i <= 1_000; i++) {
      hub.client().raiseEvent(id, "add", i);
    }

    assertEquals(500_500, output(id, Integer.class));
  }

  @Test
  void one_instance_has_ten_thousand_activities_at_once() throws Exception {
    worker.orchestrator(
        "Fan",
        ctx -> {
          List<Task<Integer>> tasks =
              IntStream.rangeClosed(1, 10_000)
                  .mapToObj(n -> ctx.callActivity("Same", n, Integer.class))
                  .toList();
          return ctx.allOf(tasks).await().stream().mapToInt(n -> n).sum();
        });

    assertEquals(50_005_000, output(hub.start("Fan", null), Integer.class));
  }

  @Test
  void activities_with_large_inputs_wait_in_the_store() throws Exception {
    String large = "x".repeat(100_000);
    worker.orchestrator(
        "Fan",
        ctx -> {
          List<Task<String>> tasks =
              IntStream.range(0, 100)
                  .mapToObj(n -> ctx.callActivity("Same", large, String.class))
                  .toList();
          return ctx.allOf(tasks).await().stream().filter(large::equals).count();
        });

    assertEquals(100, output(hub.start("Fan", null), Integer.class));
  }

  @Test
  void a_thousand_instances_with_five_activities_each() throws Exception {
    worker.orchestrator(
        "Five",
        ctx -> {
          int count = 0;
          for (int i = 0; i < 5; i++) {
            count += ctx.callActivity("Same", 1, Integer.class).await();
          }
          return count;
        });
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      ids.add(hub.start("Five", null));
    }

    for (String id : ids) {
      assertEquals(5, output(id, Integer.class));
    }
  }

  @Test
  void continuing_as_new_two_thousand_times_keeps_the_store_as_small_as_it_is() throws Exception {
    AtomicInteger generations = new AtomicInteger();
    worker
        .activity(
            "Count",
            input -> {
              generations.incrementAndGet();
              return null;
            })
        .orchestrator(
            "Eternal",
            ctx -> {
              ctx.callActivity("Count").await();
              ctx.continueAsNew(ctx.getInput(Integer.class) + 1);
              return null;
            });
    String id = hub.start("Eternal", 0);

    TestEngine.until(() -> generations.get() > 200);
    long early = bytes();
    TestEngine.until(() -> generations.get() > 2_000);
    hub.client().terminate(id, null);
    hub.restart(); // writes the log into the store

    assertTrue(bytes() <= 2 * early, bytes() + " bytes, and after 200 times " + early);
  }

  private long bytes() throws Exception {
    Path log = hub.store().resolveSibling(hub.store().getFileName() + "-wal");
    return Files.size(hub.store()) + (Files.exists(log) ? Files.size(log) : 0);
  }
}
