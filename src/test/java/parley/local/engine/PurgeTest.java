package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.PurgeInstanceCriteria;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurgeTest {

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

  @Test
  void a_purge_that_takes_longer_than_it_may_leaves_the_rest_for_another() throws Exception {
    for (int i = 0; i < 500; i++) {
      hub.start("Echo", "x", "echo-" + i);
    }
    for (int i = 0; i < 500; i++) {
      hub.finished("echo-" + i);
    }
    PurgeInstanceCriteria all = new PurgeInstanceCriteria().setCreatedTimeFrom(Instant.EPOCH);

    assertThrows(
        TimeoutException.class,
        () -> hub.client().purgeInstances(all.setTimeout(Duration.ofMillis(1))));
    hub.client().purgeInstances(all.setTimeout(TestEngine.PATIENCE));

    assertFalse(hub.get("echo-499").isInstanceFound());
  }
}
