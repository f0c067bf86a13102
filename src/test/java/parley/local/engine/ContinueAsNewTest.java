package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.durabletask.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinueAsNewTest {

  private final ScriptedWorker worker = new ScriptedWorker();
  private final List<String> saved = new CopyOnWriteArrayList<>();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    worker.activity(
        "Save",
        input -> {
          saved.add(input);
          return null;
        });
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void wait_save_continue_sees_every_event_once_and_in_order() throws Exception {
    worker.orchestrator(
        "Eternal",
        ctx -> {
          int count = ctx.getInput(Integer.class);
          String event = ctx.waitForExternalEvent("move", String.class).await();
          ctx.callActivity("Save", event).await();
          if (count == 49) {
            return "all";
          }
          ctx.continueAsNew(count + 1);
          return null;
        });
    String id = hub.start("Eternal", 0);

    for (int i = 0; i < 50; i++) {
      hub.client().raiseEvent(id, "move", i);
    }

    assertEquals("all", hub.finished(id).readOutputAs(String.class));
    assertEquals(IntStream.range(0, 50).mapToObj(n -> "\"" + n + "\"").toList(), saved);
  }

  @Test
  void equal_events_that_are_carried_over_stay_two() throws Exception {
    CountDownLatch raised = new CountDownLatch(1);
    worker
        .activity(
            "Hold",
            input -> {
              raised.await();
              return null;
            })
        .orchestrator(
            "Count",
            ctx -> {
              int count = ctx.getInput(Integer.class);
              if (count == 0) {
                ctx.callActivity("Hold").await();
                ctx.continueAsNew(1);
              }
              ctx.waitForExternalEvent("tick", String.class).await();
              ctx.waitForExternalEvent("tick", String.class).await();
              return "two";
            });
    String id = hub.start("Count", 0);
    hub.client().raiseEvent(id, "tick", "same");
    hub.client().raiseEvent(id, "tick", "same");
    raised.countDown();

    assertEquals("two", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void more_events_than_a_turn_plays_are_carried_over_again_and_again() throws Exception {
    int events = 2_500;
    CountDownLatch raised = new CountDownLatch(1);
    worker
        .activity(
            "Hold",
            input -> {
              raised.await();
              return null;
            })
        .orchestrator(
            "Collect",
            ctx -> {
              int generation = ctx.getInput(Integer.class);
              if (generation == 0) {
                ctx.callActivity("Hold").await();
              }
              if (generation < 3) { // each but the first after one turn, with the rest unplayed
                ctx.continueAsNew(generation + 1);
                return null;
              }
              List<Integer> seen = new ArrayList<>();
              for (int i = 0; i < events; i++) {
                seen.add(ctx.waitForExternalEvent("tick", Integer.class).await());
              }
              return seen;
            });
    String id = hub.start("Collect", 0);

    for (int i = 0; i < events; i++) {
      hub.client().raiseEvent(id, "tick", i);
    }
    raised.countDown();

    assertEquals(
        IntStream.range(0, events).boxed().toList(),
        List.of(hub.finished(id).readOutputAs(Integer[].class)));
  }

  @Test
  void an_unread_event_of_another_name_is_carried_over() throws Exception {
    worker.orchestrator(
        "TwoNames",
        ctx -> {
          if (ctx.getInput(Integer.class) == 0) {
            ctx.setCustomStatus("first");
            String a = ctx.waitForExternalEvent("a", String.class).await();
            ctx.callActivity("Save", a).await();
            ctx.continueAsNew(1);
          }
          return ctx.waitForExternalEvent("b", String.class).await();
        });
    String id = hub.start("TwoNames", 0);
    hub.untilSays(id, "first");
    hub.client().raiseEvent(id, "b", "kept");
    hub.client().raiseEvent(id, "a", "read");

    assertEquals("kept", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void without_preserving_the_unread_events_are_dropped() throws Exception {
    worker.orchestrator(
        "Drop",
        ctx -> {
          if (ctx.getInput(Integer.class) == 0) {
            ctx.waitForExternalEvent("a", String.class).await();
            ctx.callActivity("Save", "x").await();
            ctx.continueAsNew(1, false);
          }
          ctx.setCustomStatus("second");
          return ctx.waitForExternalEvent("b", String.class).await();
        });
    String id = hub.start("Drop", 0);
    hub.client().raiseEvent(id, "b", "dropped");
    hub.client().raiseEvent(id, "a", "read");
    hub.untilSays(id, "second");
    hub.client().raiseEvent(id, "b", "later");

    assertEquals("later", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void timers_and_answers_of_an_older_generation_are_dropped() throws Exception {
    CountDownLatch renewed = new CountDownLatch(1);
    AtomicInteger answered = new AtomicInteger();
    worker
        .activity(
            "Slow",
            input -> {
              renewed.await();
              answered.incrementAndGet();
              return "\"of the first generation\"";
            })
        .activity("Quick", input -> "\"of the second generation\"")
        .orchestrator(
            "Renew",
            ctx -> {
              if (ctx.getInput(Integer.class) == 0) {
                ctx.callActivity("Slow", null, String.class);
                ctx.createTimer(Duration.ofHours(1));
                ctx.continueAsNew(1);
              }
              // The same ids as those of the first generation's activity and timer.
              Task<String> quick = ctx.callActivity("Quick", null, String.class);
              Task<Void> later = ctx.createTimer(Duration.ofHours(3));
              String answer = quick.await();
              ctx.setCustomStatus(answer);
              later.await();
              boolean three =
                  ctx.getCurrentInstant().isAfter(Instant.parse("2026-01-01T15:00:00Z"));
              return answer + (three ? ", at three" : ", too early");
            });
    String id = hub.start("Renew", 0);
    hub.untilSays(id, "of the second generation");
    renewed.countDown();
    TestEngine.until(() -> answered.get() == 1);

    hub.advance(Duration.ofHours(2));
    assertEquals("of the second generation", hub.get(id).readCustomStatusAs(String.class));
    hub.advance(Duration.ofHours(1).plusSeconds(1));

    assertEquals("of the second generation, at three", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void a_renewed_sub_orchestration_still_answers_its_parent() throws Exception {
    worker
        .orchestrator(
            "Child",
            ctx -> {
              int left = ctx.getInput(Integer.class);
              if (left > 0) {
                ctx.continueAsNew(left - 1);
              }
              return "counted down";
            })
        .orchestrator("Parent", ctx -> ctx.callSubOrchestrator("Child", 3, String.class).await());

    assertEquals(
        "counted down", hub.finished(hub.start("Parent", null)).readOutputAs(String.class));
  }
}
