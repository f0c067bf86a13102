package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.interruption.OrchestratorBlockedException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the SDK does that an author of orchestrators would not expect, and the engine cannot help.
 */
class SdkFactsTest {

  private final ScriptedWorker worker = new ScriptedWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    worker.activity("Save", input -> null);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void an_event_consumed_in_the_turn_that_continues_as_new_is_carried_over_again()
      throws Exception {
    worker.orchestrator(
        "NoSave",
        ctx -> {
          int generation = ctx.getInput(Integer.class);
          String event = ctx.waitForExternalEvent("move", String.class).await();
          if (generation < 3) {
            ctx.continueAsNew(generation + 1);
          }
          return "saw " + event + " in generation " + generation;
        });
    String id = hub.start("NoSave", 0);

    hub.client().raiseEvent(id, "move", "once");

    assertEquals("saw once in generation 3", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void an_event_that_reached_a_waiter_in_an_earlier_turn_is_not_carried_over() throws Exception {
    worker.orchestrator(
        "Lose",
        ctx -> {
          if (ctx.getInput(Integer.class) == 0) {
            Task<String> a = ctx.waitForExternalEvent("a", String.class);
            ctx.waitForExternalEvent("b", String.class);
            ctx.setCustomStatus("waiting");
            a.await();
            ctx.setCustomStatus("has a");
            Task<String> go = ctx.waitForExternalEvent("go", String.class);
            go.await();
            ctx.callActivity("Save").await();
            ctx.continueAsNew(1);
          }
          ctx.setCustomStatus("second");
          return ctx.waitForExternalEvent("b", String.class).await();
        });
    String id = hub.start("Lose", 0);
    hub.untilSays(id, "waiting");
    hub.client().raiseEvent(id, "b", "lost");
    hub.client().raiseEvent(id, "a", "read");
    hub.untilSays(id, "has a");
    hub.client().raiseEvent(id, "go", "on");
    hub.untilSays(id, "second");

    hub.client().raiseEvent(id, "b", "later");

    assertEquals("later", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void the_await_of_a_timer_of_more_than_three_days_returns_after_three() throws Exception {
    worker.orchestrator(
        "Long",
        ctx -> {
          Instant began = ctx.getCurrentInstant();
          ctx.createTimer(Duration.ofDays(10)).await();
          return Duration.between(began, ctx.getCurrentInstant()).toDays();
        });
    String id = hub.start("Long", null);
    hub.client().waitForInstanceStart(id, TestEngine.PATIENCE);

    TestEngine.until(
        () -> {
          hub.advance(Duration.ofDays(1));
          return hub.get(id).isCompleted();
        });

    assertTrue(hub.get(id).readOutputAs(Long.class) < 10);
  }

  @Test
  void whoever_catches_every_exception_catches_the_wait_itself() throws Exception {
    worker.orchestrator(
        "CatchAll",
        ctx -> {
          try {
            return ctx.waitForExternalEvent("go", String.class).await();
          } catch (RuntimeException e) {
            return e instanceof OrchestratorBlockedException ? "caught the wait" : "other";
          }
        });

    assertEquals(
        "caught the wait", hub.finished(hub.start("CatchAll", null)).readOutputAs(String.class));
  }

  @Test
  void any_of_gives_the_first_of_the_list_that_is_done_and_not_the_first_in_time()
      throws Exception {
    worker.orchestrator(
        "Race",
        ctx -> {
          Task<String> a = ctx.waitForExternalEvent("a", String.class);
          Task<String> b = ctx.waitForExternalEvent("b", String.class);
          ctx.setCustomStatus("waiting");
          ctx.waitForExternalEvent("go", String.class).await();
          return ctx.anyOf(a, b).await() == a ? "a" : "b";
        });
    String id = hub.start("Race", null);
    hub.untilSays(id, "waiting");

    for (String name : List.of("b", "a", "go")) {
      hub.client().raiseEvent(id, name, "x");
    }

    assertEquals("a", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void event_names_are_case_sensitive_for_who_waits_and_not_for_who_comes_later() throws Exception {
    worker.orchestrator(
        "Case",
        ctx -> {
          ctx.setCustomStatus("waiting");
          ctx.waitForExternalEvent("go", String.class).await();
          return ctx.waitForExternalEvent("MOVE", String.class).await();
        });
    String id = hub.start("Case", null);
    hub.untilSays(id, "waiting");

    hub.client().raiseEvent(id, "GO", "not heard");
    hub.client().raiseEvent(id, "move", "heard");
    hub.client().raiseEvent(id, "go", "x");

    assertEquals("heard", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void an_event_goes_to_the_oldest_waiter_also_to_one_that_nobody_looks_at_any_more()
      throws Exception {
    worker.orchestrator(
        "Leftover",
        ctx -> {
          Task<String> first = ctx.waitForExternalEvent("move", String.class);
          Task<Void> deadline = ctx.createTimer(Duration.ofHours(1));
          ctx.anyOf(first, deadline).await();
          Task<String> second = ctx.waitForExternalEvent("move", String.class);
          ctx.setCustomStatus("late");
          String got = second.await();
          return first.isDone() + " " + got;
        });
    String id = hub.start("Leftover", null);
    hub.client().waitForInstanceStart(id, TestEngine.PATIENCE);
    hub.advance(Duration.ofHours(2));
    hub.untilSays(id, "late");

    hub.client().raiseEvent(id, "move", "one");
    hub.client().raiseEvent(id, "move", "two");

    assertEquals("true two", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void new_uuids_are_the_same_at_every_replay_and_differ_from_each_other() throws Exception {
    Set<UUID> first = ConcurrentHashMap.newKeySet();
    worker.orchestrator(
        "Ids",
        ctx -> {
          first.add(ctx.newUUID());
          ctx.callActivity("Save").await();
          ctx.callActivity("Save").await();
          return ctx.newUUID().toString();
        });

    String second = hub.finished(hub.start("Ids", null)).readOutputAs(String.class);

    assertEquals(1, first.size());
    assertNotEquals(new HashSet<>(first), Set.of(UUID.fromString(second)));
  }

  @Test
  void a_message_of_more_than_four_megabytes_does_not_reach_the_client() throws Exception {
    worker.orchestrator("Large", ctx -> "x".repeat(5 << 20));
    String id = hub.start("Large", null);
    TestEngine.until(() -> hub.client().getInstanceMetadata(id, false).isCompleted());

    StatusRuntimeException refusal = assertThrows(StatusRuntimeException.class, () -> hub.get(id));

    assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatus().getCode());
  }

  /** A record whose {@code isOver()} is taken for a property. */
  record Over(int turns) {
    public boolean isOver() {
      return turns > 9;
    }
  }

  @Test
  void a_record_with_an_is_method_does_not_survive_the_way_through_json() throws Exception {
    worker.orchestrator("Read", ctx -> ctx.getInput(Over.class).turns());

    assertEquals(
        OrchestrationRuntimeStatus.FAILED,
        hub.finished(hub.start("Read", new Over(1))).getRuntimeStatus());
  }
}
