package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.durabletask.CompositeTaskFailedException;
import com.microsoft.durabletask.RetryPolicy;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskFailedException;
import com.microsoft.durabletask.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on the SDK's standalone worker, one for each of the features of its orchestrators. */
class SdkWorkerTest {

  private final SdkWorker worker = new SdkWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = TestEngine.forWorkers(folder);
    worker
        .activity("Double", ctx -> 2 * ctx.getInput(Integer.class))
        .orchestrator(
            "Wait",
            ctx -> {
              ctx.setCustomStatus("waiting");
              ctx.complete(ctx.waitForExternalEvent("go", String.class).await());
            });
  }

  @AfterEach
  void close() {
    worker.close();
    hub.close();
  }

  @Test
  void activities_in_sequence_and_side_by_side() throws Exception {
    worker
        .orchestrator(
            "Sum",
            ctx -> {
              int first = ctx.callActivity("Double", 1, Integer.class).await();
              List<Task<Integer>> doubled =
                  IntStream.rangeClosed(1, 50)
                      .mapToObj(n -> ctx.callActivity("Double", n, Integer.class))
                      .toList();
              int sum = ctx.allOf(doubled).await().stream().mapToInt(n -> n).sum();
              ctx.complete(first + sum);
            })
        .connect(hub.engine());

    assertEquals(2 + 2550, hub.finished(hub.start("Sum", null)).readOutputAs(Integer.class));
  }

  @Test
  void failures_of_activities_tell_what_was_thrown() throws Exception {
    worker
        .activity(
            "Throw",
            ctx -> {
              throw new IllegalStateException("no luck with " + ctx.getInput(String.class));
            })
        .orchestrator(
            "Catch",
            ctx -> {
              try {
                ctx.callActivity("Throw", "this").await();
              } catch (TaskFailedException e) {
                ctx.complete(e.getErrorDetails().getErrorMessage());
              }
            })
        .orchestrator(
            "CatchAll",
            ctx -> {
              try {
                ctx.allOf(List.of(ctx.callActivity("Throw", "a"), ctx.callActivity("Nowhere")))
                    .await();
              } catch (CompositeTaskFailedException e) {
                ctx.complete(e.getExceptions().size());
              }
            })
        .connect(hub.engine());

    assertEquals(
        "no luck with this", hub.finished(hub.start("Catch", null)).readOutputAs(String.class));
    assertEquals(2, hub.finished(hub.start("CatchAll", null)).readOutputAs(Integer.class));
  }

  @Test
  void sub_orchestrations_and_their_failures() throws Exception {
    worker
        .orchestrator(
            "Child",
            ctx -> {
              if (ctx.getInput(Integer.class) == 0) {
                throw new IllegalArgumentException("nothing to double");
              }
              ctx.complete(
                  ctx.callActivity("Double", ctx.getInput(Object.class), Integer.class).await());
            })
        .orchestrator(
            "Parent",
            ctx -> {
              int doubled = ctx.callSubOrchestrator("Child", 21, Integer.class).await();
              try {
                ctx.callSubOrchestrator("Child", 0, Integer.class).await();
              } catch (TaskFailedException e) {
                ctx.complete(doubled + ", " + e.getErrorDetails().getErrorMessage());
              }
            })
        .connect(hub.engine());

    assertEquals(
        "42, nothing to double",
        hub.finished(hub.start("Parent", null)).readOutputAs(String.class));
  }

  @Test
  void timers_and_the_race_of_a_timer_with_an_event() throws Exception {
    worker
        .orchestrator(
            "Race",
            ctx -> {
              ctx.createTimer(Duration.ofHours(1)).await();
              ctx.setCustomStatus("armed");
              Task<String> event = ctx.waitForExternalEvent("go", String.class);
              Task<Void> timer = ctx.createTimer(Duration.ofDays(10));
              ctx.complete(ctx.anyOf(event, timer).await() == event ? "event" : "timer");
            })
        .connect(hub.engine());
    String byEvent = hub.start("Race", null);
    String byTimer = hub.start("Race", null);
    hub.client().waitForInstanceStart(byEvent, TestEngine.PATIENCE);
    hub.client().waitForInstanceStart(byTimer, TestEngine.PATIENCE);
    hub.advance(Duration.ofHours(2));
    hub.untilSays(byEvent, "armed");
    hub.untilSays(byTimer, "armed");

    hub.client().raiseEvent(byEvent, "go", "x");
    assertEquals("event", hub.finished(byEvent).readOutputAs(String.class));
    TestEngine.until(
        () -> {
          hub.advance(Duration.ofDays(1)); // the SDK makes a long timer of several
          return hub.get(byTimer).isCompleted();
        });
    assertEquals("timer", hub.get(byTimer).readOutputAs(String.class));
  }

  @Test
  void retries_by_policy_and_by_handler() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    worker
        .activity(
            "ThirdTime",
            ctx -> {
              if (calls.incrementAndGet() % 3 != 0) {
                throw new IllegalStateException("not yet");
              }
              return "at last";
            })
        .orchestrator(
            "ByPolicy",
            ctx ->
                ctx.complete(
                    ctx.callActivity(
                            "ThirdTime",
                            null,
                            new TaskOptions(new RetryPolicy(3, Duration.ofSeconds(1))),
                            String.class)
                        .await()))
        .orchestrator(
            "ByHandler",
            ctx ->
                ctx.complete(
                    ctx.callActivity(
                            "ThirdTime",
                            null,
                            new TaskOptions(retry -> retry.getLastAttemptNumber() < 3),
                            String.class)
                        .await()))
        .connect(hub.engine());

    assertEquals("at last", hub.finished(hub.start("ByHandler", null)).readOutputAs(String.class));
    String id = hub.start("ByPolicy", null);
    TestEngine.until(
        () -> {
          hub.advance(Duration.ofSeconds(2));
          return hub.get(id).isCompleted();
        });
    assertEquals("at last", hub.get(id).readOutputAs(String.class));
    assertEquals(6, calls.get());
  }

  @Test
  void continuing_as_new_and_sending_events() throws Exception {
    worker
        .orchestrator(
            "Count",
            ctx -> {
              int count = ctx.getInput(Integer.class);
              if (count < 20) {
                ctx.callActivity("Double", count, Integer.class).await();
                ctx.continueAsNew(count + 1);
              } else {
                ctx.sendEvent("waiting-one", "go", "counted to " + count);
                ctx.complete(count);
              }
            })
        .connect(hub.engine());
    hub.start("Wait", null, "waiting-one");

    assertEquals(20, hub.finished(hub.start("Count", 0)).readOutputAs(Integer.class));
    assertEquals("counted to 20", hub.finished("waiting-one").readOutputAs(String.class));
  }
}
