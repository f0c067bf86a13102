package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.CompositeTaskFailedException;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.OrchestrationStatusQuery;
import com.microsoft.durabletask.OrchestrationStatusQueryResult;
import com.microsoft.durabletask.PurgeInstanceCriteria;
import com.microsoft.durabletask.RetryPolicy;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskFailedException;
import com.microsoft.durabletask.TaskOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on the SDK's standalone worker and client, one for each of the SDK's features. */
class SdkWorkerTest {

  private final SdkWorker worker = new SdkWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = TestEngine.forWorkers(folder);
    worker
        .activity("Double", ctx -> 2 * ctx.getInput(Integer.class))
        .orchestrator("Echo", ctx -> ctx.complete(ctx.getInput(String.class)))
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
  void events_custom_status_suspension_and_termination() throws Exception {
    worker.connect(hub.engine());
    String id = hub.start("Wait", null);
    hub.untilSays(id, "waiting");

    hub.client().suspendInstance(id, "a pause");
    hub.client().raiseEvent(id, "go", "held");
    assertEquals(OrchestrationRuntimeStatus.SUSPENDED, hub.status(id));
    hub.client().resumeInstance(id, "and on");
    assertEquals("held", hub.finished(id).readOutputAs(String.class));

    String other = hub.start("Wait", null);
    hub.client().terminate(other, "enough");
    OrchestrationMetadata end = hub.finished(other);
    assertEquals(OrchestrationRuntimeStatus.TERMINATED, end.getRuntimeStatus());
    assertEquals("enough", end.readOutputAs(String.class));
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

  @Test
  void restart_under_a_new_id_and_under_the_same() throws Exception {
    worker.connect(hub.engine());
    String id = hub.start("Echo", "again");
    hub.finished(id);

    String other = hub.client().restartInstance(id, true);
    assertNotEquals(id, other);
    assertEquals("again", hub.finished(other).readOutputAs(String.class));
    assertEquals(id, hub.client().restartInstance(id, false));
    assertEquals("again", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void queries_with_paging_and_purges() throws Exception {
    worker.connect(hub.engine());
    for (int i = 0; i < 7; i++) {
      hub.finished(hub.start("Echo", "x", "echo-" + i));
    }
    hub.start("Wait", null, "wait-1");

    Set<String> found = new HashSet<>();
    List<Integer> pages = new ArrayList<>();
    OrchestrationStatusQuery query =
        new OrchestrationStatusQuery()
            .setRuntimeStatusList(List.of(OrchestrationRuntimeStatus.COMPLETED))
            .setMaxInstanceCount(3);
    String token = null;
    do {
      OrchestrationStatusQueryResult page =
          hub.client().queryInstances(query.setContinuationToken(token));
      page.getOrchestrationState().forEach(state -> found.add(state.getInstanceId()));
      pages.add(page.getOrchestrationState().size());
      token = page.getContinuationToken();
    } while (!token.isEmpty());
    assertEquals(7, found.size());
    assertEquals(List.of(3, 3, 1), pages);

    assertEquals(1, hub.client().purgeInstance("echo-0").getDeletedInstanceCount());
    PurgeInstanceCriteria all = new PurgeInstanceCriteria().setCreatedTimeFrom(Instant.EPOCH);
    assertEquals(6, hub.client().purgeInstances(all).getDeletedInstanceCount());
    assertFalse(hub.get("echo-1").isInstanceFound());
    assertTrue(hub.get("wait-1").isInstanceFound());
  }

  @Test
  void an_orchestrator_that_the_worker_does_not_have_fails() throws Exception {
    worker.connect(hub.engine());

    OrchestrationMetadata end = hub.finished(hub.start("Nobody", null));

    assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
  }
}
