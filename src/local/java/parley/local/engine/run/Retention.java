package parley.local.engine.run;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import parley.local.engine.store.Purge;
import parley.local.engine.store.Store;

/** Forgets instances some time after they have finished: now and then, and a few at a time. */
public final class Retention implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Retention.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int MOST_AT_ONCE = 50;

  private final Store store;
  private final Clock clock;
  private final Duration kept;
  private final Thread thread = new NamedThreads("durable-retention").newThread(this::run);
  private boolean moved;
  private boolean closing;

  /**
   * @param kept how long a finished instance is kept
   */
  public Retention(Store store, Clock clock, Duration kept) {
    this.store = store;
    this.clock = clock;
    this.kept = kept;
  }

  public void start() {
    thread.start();
  }

  /** The clock may have jumped. */
  public synchronized void clockMoved() {
    moved = true;
    notifyAll();
  }

  private void run() {
    try {
      do {
        forget();
      } while (pause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget() throws InterruptedException {
    try {
      int forgotten;
      do {
        forgotten =
            store.put(Purge.finishedBefore(clock.instant().minus(kept), MOST_AT_ONCE)).get();
      } while (forgotten == MOST_AT_ONCE);
    } catch (ExecutionException e) {
      LOG.log(Level.ERROR, "old instances could not be forgotten; tried again later", e.getCause());
    }
  }

  /** Returns false if this is closed instead. */
  private synchronized boolean pause() throws InterruptedException {
    if (!moved && !closing) {
      wait(PAUSE.toMillis());
    }
    moved = false;
    return !closing;
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
