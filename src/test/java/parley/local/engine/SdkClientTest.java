package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.OrchestrationStatusQuery;
import com.microsoft.durabletask.OrchestrationStatusQueryResult;
import com.microsoft.durabletask.PurgeInstanceCriteria;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program on the SDK's standalone worker does with the SDK's client. */
class SdkClientTest {

  private final SdkWorker worker = new SdkWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = TestEngine.forWorkers(folder);
    worker
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
