package parley.local.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import parley.local.SampleFunctions;
import parley.local.TestClock;
import parley.local.functions.DurableClients;
import parley.local.functions.FunctionInvoker;
import parley.local.functions.Samples;
import parley.local.services.LogLines;
import parley.platform.Problem;
import parley.platform.ProblemException;

class TimerTriggersTest {

  private final TestClock clock = new TestClock("2024-01-01T00:00:30Z");
  private final SampleFunctions functions = new SampleFunctions();

  @Test
  void a_function_runs_when_the_clock_reaches_its_schedule_and_not_before() throws Exception {
    try (TimerTriggers triggers = start(Samples.invoker(functions), "0 * * * * *")) {
      advance(triggers, Duration.ofSeconds(29));
      advance(triggers, Duration.ofSeconds(1));
      JsonNode first = tick();
      assertEquals("2024-01-01T00:02:00Z", first.at("/ScheduleStatus/Next").asText());
      assertEquals(false, first.get("IsPastDue").asBoolean());
      advance(triggers, Duration.ofSeconds(60));
      assertEquals("2024-01-01T00:01:00Z", tick().at("/ScheduleStatus/Last").asText());
      assertTrue(functions.ticks.isEmpty());
    }
  }

  @Test
  void a_clock_that_runs_by_itself_needs_no_call() throws Exception {
    try (TimerTriggers triggers =
        TimerTriggers.start(
            Samples.catalog(),
            Samples.invoker(functions),
            schedule -> "* * * * * *",
            Clock.systemUTC())) {
      tick();
      tick();
      assertNotNull(triggers);
    }
  }

  @Test
  void a_jump_over_many_occurrences_makes_one_run() throws Exception {
    try (TimerTriggers triggers = start(Samples.invoker(functions), "0 * * * * *")) {
      advance(triggers, Duration.ofDays(1));
      assertEquals(true, tick().get("IsPastDue").asBoolean());
      advance(triggers, Duration.ofMinutes(1));
      assertEquals("2024-01-02T00:02:00Z", tick().at("/ScheduleStatus/Next").asText());
      assertTrue(functions.ticks.isEmpty());
    }
  }

  @Test
  void a_run_that_fails_does_not_stop_the_timer() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    BlockingQueue<Integer> failed = new LinkedBlockingQueue<>();
    FunctionInstanceInjector failsOnce =
        new FunctionInstanceInjector() {
          @Override
          public <T> T getInstance(Class<T> functionClass) {
            if (calls.incrementAndGet() == 1) {
              failed.add(1);
              throw new IllegalStateException("the first run fails");
            }
            return functionClass.cast(functions);
          }
        };
    FunctionInvoker invoker = new FunctionInvoker(failsOnce, new DurableClients());
    try (TimerTriggers triggers = start(invoker, "0 * * * * *")) {
      advance(triggers, Duration.ofMinutes(1));
      assertNotNull(failed.poll(10, TimeUnit.SECONDS));
      advance(triggers, Duration.ofMinutes(1));
      assertNotNull(functions.ticks.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void an_outage_is_one_line_and_any_other_failure_keeps_its_trace() throws Exception {
    ConnectException refused = new ConnectException("Connection refused\nand more");
    Iterator<ProblemException> failures =
        List.of(
                new ProblemException(Problem.unavailable("the database"), refused),
                Problem.internal().exception())
            .iterator();
    FunctionInstanceInjector fails =
        new FunctionInstanceInjector() {
          @Override
          public <T> T getInstance(Class<T> functionClass) {
            throw failures.next();
          }
        };
    FunctionInvoker invoker = new FunctionInvoker(fails, new DurableClients());
    try (LogLines log = new LogLines(TimerTriggers.class);
        TimerTriggers triggers = start(invoker, "0 * * * * *")) {
      advance(triggers, Duration.ofMinutes(1));
      LogRecord outage = log.nextRecord();
      assertEquals(
          "function Tick failed: unavailable: the database does not answer (Connection refused)",
          outage.getMessage());
      assertNull(outage.getThrown());
      advance(triggers, Duration.ofMinutes(1));
      assertNotNull(log.nextRecord().getThrown());
    }
  }

  @Test
  void a_schedule_that_cannot_be_read_names_the_function() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> start(Samples.invoker(functions), "often"))
            .getMessage();
    assertEquals("function Tick: schedule \"often\": 5 or 6 fields are needed, got 1", message);
  }

  private TimerTriggers start(FunctionInvoker invoker, String schedule) {
    return TimerTriggers.start(
        Samples.catalog(), invoker, text -> text.replace("%TICK_SCHEDULE%", schedule), clock);
  }

  private void advance(TimerTriggers triggers, Duration duration) {
    clock.advance(duration);
    triggers.clockMoved();
  }

  private JsonNode tick() throws Exception {
    String json = functions.ticks.poll(10, TimeUnit.SECONDS);
    assertNotNull(json, "the timer did not run");
    return new ObjectMapper().readTree(json);
  }
}
