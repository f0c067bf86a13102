package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.TaskFailedException;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that cannot be played ends as failed, and stops nobody else. */
class PoisonTest {

  private static final String OF_BAD =
      " WHERE execution = (SELECT execution FROM instance WHERE id = 'bad')";

  private final ScriptedWorker worker = new ScriptedWorker();
  private final CountDownLatch gate = new CountDownLatch(1);
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    hub = new TestEngine(folder, worker);
    worker
        .activity(
            "Gate",
            input -> {
              gate.await();
              return "\"through\"";
            })
        .orchestrator(
            "Wait",
            ctx -> {
              ctx.setCustomStatus("waiting");
              return ctx.waitForExternalEvent("go", String.class).await();
            })
        .orchestrator(
            "Sleep",
            ctx -> {
              ctx.setCustomStatus("asleep");
              ctx.createTimer(Duration.ofHours(1)).await();
              return "awake";
            })
        .orchestrator(
            "Call",
            ctx -> {
              ctx.setCustomStatus("called");
              try {
                return ctx.callActivity("Gate", null, String.class).await();
              } catch (TaskFailedException e) {
                return e.getErrorDetails().getErrorType();
              }
            });
  }

  @AfterEach
  void close() {
    gate.countDown();
    hub.close();
  }

  private void start(String orchestrator, String says) {
    for (String id : new String[] {"bad", "good"}) {
      hub.start(orchestrator, null, id);
      hub.untilSays(id, says);
    }
  }

  private void assertFailed(String type) throws Exception {
    OrchestrationMetadata end = hub.finished("bad");
    assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
    assertEquals(type, end.getFailureDetails().getErrorType());
  }

  @Test
  void a_history_that_cannot_be_read() throws Exception {
    start("Wait", "waiting");
    hub.restartAfter("UPDATE history SET events = x'05ffffff'" + OF_BAD);

    for (String id : new String[] {"bad", "good"}) {
      hub.client().raiseEvent(id, "go", "on");
    }

    assertFailed("UnreadableHistory");
    assertEquals("on", hub.finished("good").readOutputAs(String.class));
  }

  @Test
  void an_event_that_cannot_be_read() throws Exception {
    start("Wait", "waiting");
    for (String id : new String[] {"bad", "good"}) {
      hub.client().suspendInstance(id);
      hub.client().raiseEvent(id, "go", "on");
    }
    hub.restartAfter("UPDATE inbox SET event = x'05ffffff' WHERE instance = 'bad'");

    for (String id : new String[] {"bad", "good"}) {
      hub.client().resumeInstance(id);
    }

    assertFailed("UnreadableHistory");
    assertEquals("on", hub.finished("good").readOutputAs(String.class));
  }

  @Test
  void an_instance_that_cannot_be_read() throws Exception {
    start("Wait", "waiting");
    hub.restartAfter("UPDATE instance SET parent = x'05ffffff' WHERE id = 'bad'");

    for (String id : new String[] {"bad", "good"}) {
      hub.client().raiseEvent(id, "go", "on");
    }

    assertEquals("on", hub.finished("good").readOutputAs(String.class));
    TestEngine.until(
        () -> {
          try {
            return hub.status("bad") == OrchestrationRuntimeStatus.FAILED;
          } catch (StatusRuntimeException notYet) {
            return false;
          }
        });
    assertFailed("UnreadableHistory");
  }

  @Test
  void a_timer_that_cannot_be_read() throws Exception {
    start("Sleep", "asleep");
    hub.restartAfter("UPDATE timer SET event = x'05ffffff'" + OF_BAD);

    hub.advance(Duration.ofHours(2));

    assertFailed("UnreadableTimer");
    assertEquals("awake", hub.finished("good").readOutputAs(String.class));
  }

  @Test
  void an_activity_that_cannot_be_read_fails_its_task() throws Exception {
    start("Call", "called");
    hub.restartAfter("UPDATE task SET request = x'05ffffff'" + OF_BAD);
    gate.countDown();

    assertEquals("UnreadableActivity", hub.finished("bad").readOutputAs(String.class));
    assertEquals("through", hub.finished("good").readOutputAs(String.class));
  }
}
