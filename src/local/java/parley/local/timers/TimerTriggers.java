package parley.local.timers;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionDefinition;
import parley.local.functions.FunctionInvoker;
import parley.platform.ProblemException;
import parley.platform.RootCause;

/**
 * Runs timer functions on their schedules. A function never overlaps itself: occurrences that pass
 * while it runs, or in one jump of the clock, make one run. After a failure it waits for the next.
 */
public final class TimerTriggers implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(TimerTriggers.class.getName());

  /** A sleeping machine stops the timer of the JVM, so the clock is looked at now and then. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final long STOP_SECONDS = 1;

  private final Clock clock;
  private final FunctionInvoker invoker;
  private final List<Timer> timers;

  private TimerTriggers(
      FunctionCatalog catalog,
      FunctionInvoker invoker,
      UnaryOperator<String> settings,
      Clock clock) {
    this.clock = clock;
    this.invoker = invoker;
    this.timers =
        catalog.triggeredBy("timerTrigger").stream()
            .map(function -> new Timer(function, schedule(function, settings)))
            .toList();
  }

  /**
   * Starts all timers of a catalogue.
   *
   * @param settings replaces {@code %NAME%} in a schedule by that setting
   * @throws IllegalArgumentException if a schedule cannot be read; the message names the function
   */
  public static TimerTriggers start(
      FunctionCatalog catalog,
      FunctionInvoker invoker,
      UnaryOperator<String> settings,
      Clock clock) {
    TimerTriggers triggers = new TimerTriggers(catalog, invoker, settings, clock);
    triggers.timers.forEach(Timer::start);
    return triggers;
  }

  /** Has every timer look at the clock; for tests, which move it. */
  public void clockMoved() {
    timers.forEach(Timer::wake);
  }

  /** Starts nothing more, and gives runs under way a second to end. */
  @Override
  public void close() {
    timers.forEach(timer -> timer.thread.shutdownNow());
    for (Timer timer : timers) {
      try {
        timer.thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Ncrontab schedule(FunctionDefinition function, UnaryOperator<String> settings) {
    try {
      return Ncrontab.parse(settings.apply(function.trigger().text("schedule")));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "function %s: %s".formatted(function.name(), e.getMessage()), e);
    }
  }

  /** One function on its own thread, which keeps it from overlapping itself. */
  private final class Timer {

    private final FunctionDefinition function;
    private final Ncrontab schedule;
    private final ScheduledExecutorService thread;
    private Instant last;
    private Instant next;

    Timer(FunctionDefinition function, Ncrontab schedule) {
      this.function = function;
      this.schedule = schedule;
      ThreadFactory factory =
          task -> {
            Thread thread = new Thread(task, "timer-" + function.name());
            thread.setDaemon(true);
            return thread;
          };
      this.thread = Executors.newSingleThreadScheduledExecutor(factory);
    }

    void start() {
      last = clock.instant();
      next = schedule.next(last);
      thread.execute(this::lookAndWait);
    }

    /** Looks once, without a wait of its own after it: that of the last look still runs. */
    void wake() {
      thread.execute(this::look);
    }

    private void lookAndWait() {
      look();
      if (thread.isShutdown()) {
        return;
      }
      Duration wait = Duration.between(clock.instant(), next);
      Duration bounded = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
      thread.schedule(this::lookAndWait, Math.max(1, bounded.toMillis()), TimeUnit.MILLISECONDS);
    }

    private void look() {
      Instant now = clock.instant();
      while (!now.isBefore(next) && !thread.isShutdown()) {
        run(now);
        now = clock.instant();
      }
    }

    private void run(Instant now) {
      Instant due = next;
      next = schedule.next(now);
      try {
        invoker.invoke(function, info(due, now), Map.of());
      } catch (Exception | Error e) {
        tell(e);
      }
      last = due;
    }

    /** In one line if a store does not answer: an outage has many of them, and all are alike. */
    private void tell(Throwable failure) {
      String what = "function " + function.name() + " failed";
      if (failure instanceof ProblemException refusal && refusal.problem().status() == 503) {
        LOG.warning(what + ": " + refusal.getMessage() + " (" + RootCause.line(refusal) + ")");
      } else {
        LOG.log(Level.SEVERE, what, failure);
      }
    }

    /** What the worker hands to a timer function, as JSON. */
    private String info(Instant due, Instant now) {
      JsonObject status = new JsonObject();
      status.addProperty("Last", last.toString());
      status.addProperty("LastUpdated", last.toString());
      status.addProperty("Next", next.toString());
      JsonObject json = new JsonObject();
      json.add("ScheduleStatus", status);
      json.addProperty("IsPastDue", !schedule.next(due).isAfter(now));
      return json.toString();
    }
  }
}
