package parley.local.engine.run;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import parley.local.engine.store.Progress;
import parley.local.engine.store.Store;

/**
 * Wakes up when the earliest timer is due, and has the store fire what is. The timers themselves
 * are in the store; this knows only the next time.
 */
public final class Timers implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Timers.class.getName());
  private static final int MOST_AT_ONCE = 500;

  /** A sleeping machine's clock jumps; a wait does not. So no wait is longer than this. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Store store;
  private final Clock clock;
  private final Thread thread = new NamedThreads("durable-timers").newThread(this::run);
  private Instant next = Instant.MAX;
  private boolean closing;

  public Timers(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  /** A timer has been set for then. */
  public synchronized void at(Instant fireAt) {
    if (fireAt.isBefore(next)) {
      next = fireAt;
      notifyAll();
    }
  }

  /** The clock may have jumped. */
  public synchronized void clockMoved() {
    notifyAll();
  }

  private void run() {
    try {
      while (awaitNext()) {
        fire();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false if this is closed instead. */
  private synchronized boolean awaitNext() throws InterruptedException {
    while (!closing && next.isAfter(clock.instant())) {
      Duration left = next == Instant.MAX ? LONGEST_WAIT : Duration.between(clock.instant(), next);
      wait(Math.max(1, Math.min(left.toMillis(), LONGEST_WAIT.toMillis())));
    }
    next = Instant.MAX; // whoever sets a timer from here on is heard
    return !closing;
  }

  private void fire() throws InterruptedException {
    try {
      Optional<Instant> rest = store.put(Progress.fire(clock.instant(), MOST_AT_ONCE)).get();
      rest.ifPresent(this::at);
    } catch (ExecutionException e) {
      LOG.log(Level.ERROR, "timers could not be fired, and are tried again", e.getCause());
      at(clock.instant().plusSeconds(1));
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
