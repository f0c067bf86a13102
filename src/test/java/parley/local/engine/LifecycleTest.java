package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.OrchestrationStatusQuery;
import com.microsoft.durabletask.OrchestrationStatusQueryResult;
import com.microsoft.durabletask.PurgeInstanceCriteria;
import com.microsoft.durabletask.TaskFailedException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {

  private final ScriptedWorker worker = new ScriptedWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    worker
        .orchestrator("Echo", ctx -> ctx.getInput(String.class))
        .orchestrator(
            "Wait",
            ctx -> {
              ctx.setCustomStatus("waiting");
              return ctx.waitForExternalEvent("go", String.class).await();
            });
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private static StatusRuntimeException refused(Status.Code code, Executable request) {
    StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, request);
    assertEquals(code, refusal.getStatus().getCode(), refusal.getMessage());
    return refusal;
  }

  @Test
  void an_id_is_taken_while_its_instance_runs_and_free_afterwards() throws Exception {
    hub.start("Wait", null, "table-1");
    refused(Status.Code.ALREADY_EXISTS, () -> hub.start("Echo", "x", "table-1"));

    hub.client().raiseEvent("table-1", "go", "first");
    assertEquals("first", hub.finished("table-1").readOutputAs(String.class));
    hub.start("Echo", "second", "table-1");

    hub.client().waitForInstanceStart("table-1", TestEngine.PATIENCE);
    assertEquals("second", hub.finished("table-1").readOutputAs(String.class));
  }

  @Test
  void ids_that_azure_would_refuse_are_refused() {
    for (String id : List.of("@a", "a/b", "a\\b", "a#b", "a?b", "a\nb", "x".repeat(257))) {
      refused(Status.Code.INTERNAL, () -> hub.start("Echo", "x", id));
    }
    assertEquals("x".repeat(256), hub.start("Echo", "x", "x".repeat(256)));
  }

  @Test
  void an_unknown_orchestrator_is_refused_by_name() {
    StatusRuntimeException refusal =
        refused(Status.Code.INTERNAL, () -> hub.start("Nobody", null, "n"));

    assertTrue(refusal.getMessage().contains("there is no orchestrator named 'Nobody'"));
    assertFalse(hub.get("n").isInstanceFound());
  }

  @Test
  void what_is_asked_of_a_missing_or_finished_instance_is_unknown() throws Exception {
    refused(Status.Code.UNKNOWN, () -> hub.client().raiseEvent("nobody", "go", "x"));
    refused(Status.Code.UNKNOWN, () -> hub.client().terminate("nobody", null));
    refused(Status.Code.UNKNOWN, () -> hub.client().suspendInstance("nobody"));
    refused(Status.Code.UNKNOWN, () -> hub.client().resumeInstance("nobody"));

    hub.finished(hub.start("Echo", "x", "done"));
    refused(Status.Code.UNKNOWN, () -> hub.client().raiseEvent("done", "go", "x"));
    refused(Status.Code.UNKNOWN, () -> hub.client().terminate("done", null));
  }

  @Test
  void waiting_for_the_start_ends_when_the_first_turn_is_stored() throws Exception {
    String id = hub.start("Wait", "in");

    OrchestrationMetadata started =
        hub.client().waitForInstanceStart(id, TestEngine.PATIENCE, true);

    assertEquals(OrchestrationRuntimeStatus.RUNNING, started.getRuntimeStatus());
    assertEquals("in", started.readInputAs(String.class));
    assertEquals("waiting", started.readCustomStatusAs(String.class));
  }

  @Test
  void waiting_gives_up_at_its_deadline() {
    String id = hub.start("Wait", null);

    assertThrows(
        TimeoutException.class,
        () -> hub.client().waitForInstanceCompletion(id, Duration.ofMillis(50), false));
  }

  @Test
  void a_terminated_instance_is_finished_at_once_whatever_its_turn_is_doing() throws Exception {
    CountDownLatch playing = new CountDownLatch(1);
    CountDownLatch terminated = new CountDownLatch(1);
    worker.orchestrator(
        "Stubborn",
        ctx -> {
          playing.countDown();
          awaitQuietly(terminated);
          return "my own end";
        });
    String id = hub.start("Stubborn", null);
    playing.await();

    hub.client().terminate(id, "enough");
    OrchestrationMetadata end = hub.finished(id);
    terminated.countDown();

    assertEquals(OrchestrationRuntimeStatus.TERMINATED, end.getRuntimeStatus());
    assertEquals("enough", end.readOutputAs(String.class));
    hub.restart(); // by then the turn has ended too, and has changed nothing
    assertEquals("enough", hub.get(id).readOutputAs(String.class));
  }

  @Test
  void a_terminated_sub_orchestration_fails_its_task() throws Exception {
    worker.orchestrator(
        "Parent",
        ctx -> {
          try {
            return ctx.callSubOrchestrator("Wait", null, "child", String.class).await();
          } catch (TaskFailedException e) {
            return e.getErrorDetails().getErrorMessage();
          }
        });
    String parent = hub.start("Parent", null);
    hub.client().waitForInstanceStart("child", TestEngine.PATIENCE);

    hub.client().terminate("child", null);

    assertEquals(
        "the sub-orchestration was terminated", hub.finished(parent).readOutputAs(String.class));
  }

  @Test
  void a_suspended_instance_holds_its_events_until_it_is_resumed() throws Exception {
    String id = hub.start("Wait", null);
    hub.untilSays(id, "waiting");

    hub.client().suspendInstance(id);
    assertEquals(OrchestrationRuntimeStatus.SUSPENDED, hub.status(id));
    refused(Status.Code.UNKNOWN, () -> hub.client().suspendInstance(id));
    hub.client().raiseEvent(id, "go", "held");
    hub.restart();
    assertEquals(OrchestrationRuntimeStatus.SUSPENDED, hub.status(id));

    hub.client().resumeInstance(id);
    assertEquals("held", hub.finished(id).readOutputAs(String.class));
    refused(Status.Code.UNKNOWN, () -> hub.client().resumeInstance(id));
  }

  @Test
  void a_finished_instance_can_be_purged_and_a_running_one_cannot() throws Exception {
    String id = hub.start("Wait", null);
    assertEquals(0, hub.client().purgeInstance(id).getDeletedInstanceCount());

    hub.client().raiseEvent(id, "go", "x");
    hub.finished(id);

    assertEquals(1, hub.client().purgeInstance(id).getDeletedInstanceCount());
    assertEquals(0, hub.client().purgeInstance(id).getDeletedInstanceCount());
    assertFalse(hub.get(id).isInstanceFound());
  }

  @Test
  void payloads_are_told_on_demand_only() throws Exception {
    String id = hub.start("Wait", "in");
    hub.untilSays(id, "waiting");

    OrchestrationMetadata brief = hub.client().getInstanceMetadata(id, false);

    assertEquals("", brief.getSerializedInput());
    assertFalse(brief.isCustomStatusFetched());
  }

  @Test
  void a_query_pages_through_what_it_asks_for() throws Exception {
    for (int i = 0; i < 5; i++) {
      hub.finished(hub.start("Echo", i + "", "echo-" + i));
      hub.advance(Duration.ofMinutes(1));
    }
    hub.start("Wait", null, "wait-1");

    List<String> found = new ArrayList<>();
    OrchestrationStatusQuery query =
        new OrchestrationStatusQuery()
            .setRuntimeStatusList(List.of(OrchestrationRuntimeStatus.COMPLETED))
            .setCreatedTimeFrom(hub.clock.instant().minus(Duration.ofMinutes(4)))
            .setInstanceIdPrefix("echo-")
            .setMaxInstanceCount(3)
            .setFetchInputsAndOutputs(true);
    String token = null;
    do {
      OrchestrationStatusQueryResult page =
          hub.client().queryInstances(query.setContinuationToken(token));
      assertNotEquals(0, page.getOrchestrationState().size());
      page.getOrchestrationState().forEach(state -> found.add(state.readOutputAs(String.class)));
      token = page.getContinuationToken();
    } while (!token.isEmpty());

    assertEquals(List.of("1", "2", "3", "4"), found);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_purge_by_filter_forgets_what_has_finished_within_it() throws Exception {
    for (int i = 0; i < 250; i++) {
      hub.start("Echo", "x", "old-" + i);
    }
    for (int i = 0; i < 250; i++) {
      hub.finished("old-" + i);
    }
    hub.start("Wait", null, "old-and-waiting");
    hub.advance(Duration.ofHours(1));
    Instant then = hub.clock.instant();
    hub.advance(Duration.ofHours(1));
    hub.finished(hub.start("Echo", "x", "young"));

    PurgeInstanceCriteria old =
        new PurgeInstanceCriteria().setCreatedTimeFrom(Instant.EPOCH).setCreatedTimeTo(then);
    PurgeInstanceCriteria failed =
        new PurgeInstanceCriteria()
            .setCreatedTimeFrom(Instant.EPOCH)
            .setRuntimeStatusList(List.of(OrchestrationRuntimeStatus.FAILED));

    assertEquals(0, hub.client().purgeInstances(failed).getDeletedInstanceCount());
    assertEquals(250, hub.client().purgeInstances(old).getDeletedInstanceCount());
    assertTrue(hub.get("young").isInstanceFound());
    assertTrue(hub.get("old-and-waiting").isInstanceFound());
  }

  @Test
  void a_hub_that_is_recreated_or_deleted_is_empty_and_one_that_is_created_is_not()
      throws Exception {
    hub.start("Wait", null, "waiting");
    hub.finished(hub.start("Echo", "x", "done"));

    hub.client().createTaskHub(false);
    assertTrue(hub.get("waiting").isInstanceFound());

    hub.client().createTaskHub(true);
    assertFalse(hub.get("waiting").isInstanceFound());
    assertFalse(hub.get("done").isInstanceFound());

    assertEquals("new", hub.finished(hub.start("Echo", "new", "done")).readOutputAs(String.class));
    hub.client().deleteTaskHub();
    assertFalse(hub.get("done").isInstanceFound());
  }

  @Test
  void what_is_under_way_when_the_hub_is_emptied_comes_to_nothing() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch emptied = new CountDownLatch(1);
    worker
        .activity(
            "Slow",
            input -> {
              called.countDown();
              emptied.await();
              return null;
            })
        .orchestrator("Call", ctx -> ctx.callActivity("Slow").await());
    hub.start("Call", null, "call");
    called.await();

    hub.client().createTaskHub(true);
    emptied.countDown();
    hub.start("Wait", null, "call");
    hub.client().raiseEvent("call", "go", "mine");

    assertEquals("mine", hub.finished("call").readOutputAs(String.class));
  }
}
