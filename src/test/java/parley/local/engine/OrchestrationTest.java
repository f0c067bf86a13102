package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskFailedException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrchestrationTest {

  private final ScriptedWorker worker = new ScriptedWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void an_orchestrator_that_throws_fails_with_what_it_threw() throws Exception {
    worker.orchestrator(
        "Throw",
        ctx -> {
          throw new IllegalArgumentException("no such game");
        });

    OrchestrationMetadata end = hub.finished(hub.start("Throw", null));

    assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
    assertEquals("no such game", end.getFailureDetails().getErrorMessage());
  }

  @Test
  void an_error_in_an_orchestrator_fails_the_instance_and_not_the_engine() throws Exception {
    worker
        .orchestrator(
            "Overflow",
            ctx -> {
              throw new StackOverflowError("too deep");
            })
        .orchestrator("Fine", ctx -> "fine");

    OrchestrationMetadata end = hub.finished(hub.start("Overflow", null));

    assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
    assertEquals("StackOverflowError", end.getFailureDetails().getErrorType());
    assertEquals("fine", hub.finished(hub.start("Fine", null)).readOutputAs(String.class));
  }

  @Test
  void a_sub_orchestration_answers_its_parent() throws Exception {
    worker
        .orchestrator("Child", ctx -> "hello " + ctx.getInput(String.class))
        .orchestrator(
            "Parent",
            ctx -> ctx.callSubOrchestrator("Child", "Ada", "the-child", String.class).await());

    OrchestrationMetadata end = hub.finished(hub.start("Parent", null));

    assertEquals("hello Ada", end.readOutputAs(String.class));
    assertEquals("hello Ada", hub.get("the-child").readOutputAs(String.class));
  }

  @Test
  void a_sub_orchestration_that_fails_or_cannot_start_fails_its_task() throws Exception {
    worker
        .orchestrator("Wait", ctx -> ctx.waitForExternalEvent("never", String.class).await())
        .orchestrator(
            "Parent",
            ctx -> {
              StringBuilder said = new StringBuilder();
              for (String child : List.of("Missing", "Wait")) {
                try {
                  ctx.callSubOrchestrator(child, null, "taken-by-Wait", Void.class).await();
                } catch (TaskFailedException e) {
                  said.append(e.getErrorDetails().getErrorMessage()).append("; ");
                }
                if (child.equals("Missing")) {
                  ctx.waitForExternalEvent("go", String.class).await();
                }
              }
              return said.toString();
            });
    String parent = hub.start("Parent", null);
    hub.finished("taken-by-Wait");
    hub.start("Wait", null, "taken-by-Wait");
    hub.client().raiseEvent(parent, "go", "x");

    String said = hub.finished(parent).readOutputAs(String.class);

    assertTrue(said.contains("there is no orchestrator named 'Missing'"), said);
    assertTrue(said.contains("taken-by-Wait already exists"), said);
  }

  @Test
  void events_reach_those_who_wait_and_are_kept_for_those_who_will() throws Exception {
    worker.orchestrator(
        "Collect",
        ctx -> {
          String first = ctx.waitForExternalEvent("a", String.class).await();
          ctx.setCustomStatus("has a");
          String second = ctx.waitForExternalEvent("b", String.class).await();
          return first + second;
        });
    String id = hub.start("Collect", null);

    hub.client().raiseEvent(id, "b", "2");
    hub.client().raiseEvent(id, "a", "1");

    assertEquals("12", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void an_event_sent_by_an_orchestrator_arrives_once() throws Exception {
    worker
        .activity("Nothing", input -> null)
        .orchestrator(
            "Send",
            ctx -> {
              ctx.sendEvent("receiver", "ping", "x");
              // The SDK emits the event again at each of these turns.
              for (int i = 0; i < 3; i++) {
                ctx.callActivity("Nothing").await();
              }
              ctx.sendEvent("receiver", "stop", null);
              return null;
            })
        .orchestrator(
            "Receive",
            ctx -> {
              Task<String> stop = ctx.waitForExternalEvent("stop", String.class);
              int pings = 0;
              while (true) {
                Task<String> ping = ctx.waitForExternalEvent("ping", String.class);
                if (ctx.anyOf(ping, stop).await() == stop) {
                  return pings;
                }
                pings++;
              }
            });
    hub.start("Receive", null, "receiver");

    hub.finished(hub.start("Send", null));

    assertEquals(1, hub.finished("receiver").readOutputAs(Integer.class));
  }

  @Test
  void a_custom_status_shows_while_it_runs_and_can_be_cleared() throws Exception {
    worker.orchestrator(
        "Tell",
        ctx -> {
          ctx.setCustomStatus("waiting");
          ctx.waitForExternalEvent("go", String.class).await();
          ctx.clearCustomStatus();
          return null;
        });
    String id = hub.start("Tell", null);

    hub.untilSays(id, "waiting");
    hub.client().raiseEvent(id, "go", "x");

    assertFalse(hub.finished(id).isCustomStatusFetched());
  }

  @Test
  void an_orchestrator_whose_code_has_changed_fails_and_says_so() throws Exception {
    worker
        .activity("First", input -> null)
        .activity("Second", input -> null)
        .orchestrator(
            "Game",
            ctx -> {
              ctx.callActivity("First").await();
              ctx.callActivity("Second").await();
              ctx.setCustomStatus("both");
              return ctx.waitForExternalEvent("go", String.class).await();
            });
    String id = hub.start("Game", null);
    hub.untilSays(id, "both");

    worker.orchestrator(
        "Game",
        ctx -> {
          ctx.waitForExternalEvent("go", String.class).await();
          return ctx.callActivity("First").await();
        });
    hub.client().raiseEvent(id, "go", "x");

    OrchestrationMetadata end = hub.finished(id);
    assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
    assertEquals("NonDeterministicOrchestrator", end.getFailureDetails().getErrorType());
    assertEquals(
        "the orchestrator 'Game' asks for SCHEDULETASK as its action 1, where the history of"
            + " instance '"
            + id
            + "' has TASKSCHEDULED; was its code changed while the instance was running?",
        end.getFailureDetails().getErrorMessage());
  }

  @Test
  void an_orchestrator_that_is_gone_fails_its_instances_and_is_named() throws Exception {
    worker.orchestrator("Old", ctx -> ctx.waitForExternalEvent("go", String.class).await());
    String id = hub.start("Old", null);
    hub.client().waitForInstanceStart(id, TestEngine.PATIENCE);

    worker.without("Old");
    hub.client().raiseEvent(id, "go", "x");

    assertEquals(
        "there is no orchestrator named 'Old'",
        hub.finished(id).getFailureDetails().getErrorMessage());
  }
}
