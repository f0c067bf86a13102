package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimerTest {

  private final ScriptedWorker worker = new ScriptedWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    worker
        .orchestrator(
            "Sleep",
            ctx -> {
              ctx.setCustomStatus("asleep");
              ctx.createTimer(Duration.ofHours(ctx.getInput(Integer.class))).await();
              return ctx.getCurrentInstant().toString();
            })
        .orchestrator(
            "Deadline",
            ctx -> {
              ctx.setCustomStatus("open");
              Task<String> answer = ctx.waitForExternalEvent("answer", String.class);
              Task<Void> deadline = ctx.createTimer(Duration.ofDays(30));
              return ctx.anyOf(answer, deadline).await() == answer ? answer.await() : "too late";
            });
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void a_timer_fires_when_the_clock_reaches_it_and_not_before() throws Exception {
    Instant begun = hub.clock.instant();
    String id = hub.start("Sleep", 2);
    hub.untilSays(id, "asleep");

    hub.advance(Duration.ofHours(2).minusMillis(1));
    assertEquals(OrchestrationRuntimeStatus.RUNNING, hub.status(id));
    hub.advance(Duration.ofMillis(1));

    Instant woken = Instant.parse(hub.finished(id).readOutputAs(String.class));
    assertTrue(woken.isAfter(begun.plus(Duration.ofHours(2))), "woken at " + woken);
  }

  @Test
  void a_deadline_of_thirty_days_passes_as_the_clock_moves() throws Exception {
    String id = hub.start("Deadline", null);
    hub.untilSays(id, "open");

    for (int day = 0; day < 31; day++) {
      assertTrue(hub.get(id).isRunning() || day > 29, "finished on day " + day);
      hub.advance(Duration.ofDays(1));
    }
    // The SDK cuts a long timer into pieces of three days, each set when the one before has fired.
    TestEngine.until(
        () -> {
          hub.advance(Duration.ofDays(1));
          return hub.get(id).isCompleted();
        });

    assertEquals("too late", hub.get(id).readOutputAs(String.class));
  }

  @Test
  void an_event_beats_a_deadline_that_is_far_away() throws Exception {
    String id = hub.start("Deadline", null);
    hub.client().raiseEvent(id, "answer", "in time");

    assertEquals("in time", hub.finished(id).readOutputAs(String.class));
  }

  @Test
  void a_timer_whose_time_is_past_fires_at_once() throws Exception {
    assertEquals(
        OrchestrationRuntimeStatus.COMPLETED,
        hub.finished(hub.start("Sleep", -1)).getRuntimeStatus());
  }

  @Test
  void a_timer_survives_a_restart_and_fires_once() throws Exception {
    String id = hub.start("Sleep", 24);
    hub.untilSays(id, "asleep");

    hub.restart();
    assertEquals(OrchestrationRuntimeStatus.RUNNING, hub.status(id));
    hub.advance(Duration.ofDays(2));

    assertEquals(OrchestrationRuntimeStatus.COMPLETED, hub.finished(id).getRuntimeStatus());
  }

  @Test
  void a_timer_that_came_due_while_the_engine_was_down_fires_at_its_start() throws Exception {
    String id = hub.start("Sleep", 24);
    hub.untilSays(id, "asleep");

    hub.clock.advance(Duration.ofDays(2));
    hub.restart();

    assertEquals(OrchestrationRuntimeStatus.COMPLETED, hub.finished(id).getRuntimeStatus());
  }

  @Test
  void an_instance_that_is_to_start_later_keeps_its_events_until_then() throws Exception {
    String id =
        hub.client()
            .scheduleNewOrchestrationInstance(
                "Deadline",
                new NewOrchestrationInstanceOptions()
                    .setStartTime(hub.clock.instant().plus(Duration.ofHours(1))));

    hub.client().raiseEvent(id, "answer", "early");
    assertEquals(OrchestrationRuntimeStatus.PENDING, hub.status(id));
    hub.advance(Duration.ofHours(1));

    assertEquals("early", hub.finished(id).readOutputAs(String.class));
  }
}
