package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.RetryPolicy;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskOptions;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.RewindInstanceRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewindTest {

  private final ScriptedWorker worker = new ScriptedWorker();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile boolean broken = true;
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    worker
        .activity(
            "Fine",
            input -> {
              calls.add("Fine");
              return input;
            })
        .activity(
            "Broken",
            input -> {
              calls.add("Broken");
              if (broken) {
                throw new IllegalStateException("out of order");
              }
              return "\"mended\"";
            });
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private void rewind(String id) {
    hub.sidecar().rewindInstance(RewindInstanceRequest.newBuilder().setInstanceId(id).build());
  }

  private String mended(String id) throws Exception {
    assertEquals(OrchestrationRuntimeStatus.FAILED, hub.finished(id).getRuntimeStatus());
    broken = false;
    calls.clear();
    rewind(id);
    return hub.finished(id).readOutputAs(String.class);
  }

  @Test
  void only_what_failed_is_done_again() throws Exception {
    worker.orchestrator(
        "Chain",
        ctx ->
            ctx.callActivity("Fine", "first ", String.class).await()
                + ctx.callActivity("Broken", null, String.class).await());

    assertEquals("first mended", mended(hub.start("Chain", null)));
    assertEquals(List.of("Broken"), calls);
  }

  @Test
  void a_failure_that_others_were_waited_for_with_is_done_again() throws Exception {
    worker.orchestrator(
        "Fan",
        ctx -> {
          Task<String> broken = ctx.callActivity("Broken", null, String.class);
          Task<String> event = ctx.waitForExternalEvent("go", String.class);
          ctx.setCustomStatus("waiting");
          return String.join(" ", ctx.allOf(List.of(broken, event)).await());
        });
    String id = hub.start("Fan", null);
    hub.untilSays(id, "waiting");
    TestEngine.until(() -> !calls.isEmpty());
    hub.client().raiseEvent(id, "go", "and gone");

    assertEquals("mended and gone", mended(id));
    assertEquals(List.of("Broken"), calls);
  }

  @Test
  void attempts_that_were_answered_by_a_retry_stay_as_they_were() throws Exception {
    TaskOptions twice = new TaskOptions(new RetryPolicy(2, Duration.ofSeconds(1)));
    worker.orchestrator(
        "Retry", ctx -> ctx.callActivity("Broken", null, twice, String.class).await());
    String id = hub.start("Retry", null);
    TestEngine.until(
        () -> {
          hub.advance(Duration.ofSeconds(2));
          return hub.get(id).isCompleted();
        });

    assertEquals("mended", mended(id));
    assertEquals(List.of("Broken"), calls);
  }

  @Test
  void an_orchestrator_that_threw_plays_its_last_turn_again() throws Exception {
    worker.orchestrator(
        "Throw",
        ctx -> {
          String event = ctx.waitForExternalEvent("go", String.class).await();
          if (broken) {
            throw new IllegalStateException("a mistake");
          }
          return event;
        });
    String id = hub.start("Throw", null);
    hub.client().raiseEvent(id, "go", "kept");

    assertEquals("kept", mended(id));
  }

  @Test
  void a_sub_orchestration_that_failed_is_rewound_too() throws Exception {
    worker
        .orchestrator(
            "Child",
            ctx ->
                ctx.callActivity("Fine", "child ", String.class).await()
                    + ctx.callActivity("Broken", null, String.class).await())
        .orchestrator(
            "Parent", ctx -> ctx.callSubOrchestrator("Child", null, String.class).await());

    assertEquals("child mended", mended(hub.start("Parent", null)));
    assertEquals(List.of("Broken"), calls);
  }

  @Test
  void timers_that_had_not_fired_are_set_again() throws Exception {
    worker.orchestrator(
        "Timer",
        ctx -> {
          Task<Void> later = ctx.createTimer(Duration.ofHours(1));
          ctx.callActivity("Broken", null, String.class).await();
          later.await();
          return "an hour later";
        });
    String id = hub.start("Timer", null);
    hub.finished(id);
    broken = false;
    calls.clear();
    rewind(id);
    TestEngine.until(() -> !calls.isEmpty());
    hub.advance(Duration.ofHours(2));

    assertEquals("an hour later", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void only_a_failed_instance_can_be_rewound() throws Exception {
    worker
        .orchestrator("Wait", ctx -> ctx.waitForExternalEvent("go", String.class).await())
        .orchestrator("Echo", ctx -> "x");
    String running = hub.start("Wait", null);
    String done = hub.start("Echo", null);
    hub.finished(done);

    for (String id : List.of(running, done, "nobody")) {
      StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, () -> rewind(id));
      assertEquals(Status.Code.UNKNOWN, refusal.getStatus().getCode());
    }
  }
}
