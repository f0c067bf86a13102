package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.TaskFailedException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SuspendAndTerminateTest {

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
  void an_answer_that_comes_after_the_termination_is_nobodys() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch terminated = new CountDownLatch(1);
    worker
        .activity(
            "Slow",
            input -> {
              called.countDown();
              terminated.await();
              return null;
            })
        .orchestrator(
            "Call",
            ctx -> {
              ctx.callActivity("Slow").await();
              return "not reached";
            });
    String id = hub.start("Call", null);
    called.await();

    hub.client().terminate(id, "enough");
    terminated.countDown();
    hub.restart(); // by then the answer has been stored, or the activity broken off

    assertEquals(OrchestrationRuntimeStatus.TERMINATED, hub.status(id));
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

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
