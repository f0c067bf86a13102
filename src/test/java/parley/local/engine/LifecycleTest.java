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
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  @Test
  void a_page_holds_no_more_than_a_message_does() throws Exception {
    worker.orchestrator("Large", ctx -> "x".repeat(1 << 20));
    for (int i = 0; i < 6; i++) {
      String id = hub.start("Large", null, "large-" + i);
      hub.client().waitForInstanceCompletion(id, TestEngine.PATIENCE, false);
    }

    List<Integer> pages = new ArrayList<>();
    OrchestrationStatusQuery query = new OrchestrationStatusQuery().setFetchInputsAndOutputs(true);
    String token = null;
    do {
      OrchestrationStatusQueryResult page =
          hub.client().queryInstances(query.setContinuationToken(token));
      pages.add(page.getOrchestrationState().size());
      token = page.getContinuationToken();
    } while (!token.isEmpty());

    assertEquals(6, pages.stream().mapToInt(n -> n).sum());
    assertTrue(pages.size() > 1, pages.toString());
  }
}
