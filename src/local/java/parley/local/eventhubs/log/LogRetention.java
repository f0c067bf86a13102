package parley.local.eventhubs.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Forgets events some time after they came: now and then, and a few at a time. */
public final class LogRetention implements AutoCloseable {

  private static final Logger LOG = System.getLogger(LogRetention.class.getName());
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final int MOST_AT_ONCE = 2_000;

  private final EventLog log;
  private final Clock clock;
  private final Duration kept;
  private final Thread thread = new Thread(this::run, "event-hubs-retention");
  private boolean moved;
  private boolean closing;

  private LogRetention(EventLog log, Clock clock, Duration kept) {
    this.log = log;
    this.clock = clock;
    this.kept = kept;
    thread.setDaemon(true);
  }

  /**
   * Begins at once.
   *
   * @param kept how long an event stays
   */
  public static LogRetention start(EventLog log, Clock clock, Duration kept) {
    LogRetention retention = new LogRetention(log, clock, kept);
    retention.thread.start();
    return retention;
  }

  /** The clock may have jumped. */
  public synchronized void clockMoved() {
    moved = true;
    notifyAll();
  }

  private void run() {
    try {
      do {
        for (Partition partition : log.partitions()) {
          forget(partition);
        }
      } while (pause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget(Partition partition) throws InterruptedException {
    long oldest = clock.instant().minus(kept).toEpochMilli();
    try {
      long keepFrom = log.find(partition, new Position.Time(oldest, true)).get();
      for (long first = partition.extent().first(); first < keepFrom; ) {
        first = Math.min(keepFrom, first + MOST_AT_ONCE);
        log.forget(partition, first).get();
      }
    } catch (ExecutionException e) {
      LOG.log(Level.ERROR, "old events could not be forgotten; tried again later", e.getCause());
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
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
