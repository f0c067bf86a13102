package parley.local.eventhubs.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The one thread that writes the log. Whatever has queued up while a transaction was being
 * committed goes into the next one, so that many changes share the wait for the disk.
 *
 * <p>A change's future completes on the writer's thread, once the change is durable. The queue has
 * no limit of its own: who fills it looks at {@link #waitingBytes} and stops reading meanwhile.
 */
final class LogWriter implements AutoCloseable {

  private static final Logger LOG = System.getLogger(LogWriter.class.getName());
  private static final int MOST_CHANGES = 1_000;
  private static final long MOST_BYTES = 8 << 20;

  private final LogTables tables;
  private final Consumer<Partition> afterCommit;
  private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Thread thread = new Thread(this::run, "event-hubs-writer");
  private volatile boolean closing;
  private volatile boolean stopped;

  /** A change of the log. After a rollback it is applied once more. */
  interface Change {
    void apply(LogTables tables) throws SQLException;
  }

  /**
   * @param afterCommit gets each partition that a transaction has changed, on the writer's thread
   */
  LogWriter(LogTables tables, Consumer<Partition> afterCommit) {
    this.tables = tables;
    this.afterCommit = afterCommit;
    thread.setDaemon(true);
    thread.start();
  }

  /** How much of what was queued is not durable yet. */
  long waitingBytes() {
    return waiting.get();
  }

  /**
   * Queues a change.
   *
   * @param bytes what it holds on to
   * @return fails with a {@link LogException} if it cannot be made, or the log is closed
   */
  CompletableFuture<Void> put(Change change, long bytes) {
    Entry entry = new Entry(change, bytes, new CompletableFuture<>());
    waiting.addAndGet(bytes);
    if (closing) {
      end(entry, closed());
      return entry.done;
    }
    queue.add(entry);
    if (stopped) {
      failRemaining();
    }
    return entry.done;
  }

  private void run() {
    List<Entry> batch = new ArrayList<>();
    try {
      while (!closing || !queue.isEmpty()) {
        fill(batch);
        write(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped = true;
      failRemaining();
    }
  }

  private void fill(List<Entry> batch) throws InterruptedException {
    Entry next = queue.take();
    long bytes = 0;
    while (next != null) {
      batch.add(next);
      bytes += next.bytes;
      next = batch.size() < MOST_CHANGES && bytes < MOST_BYTES ? queue.poll() : null;
    }
  }

  private void write(List<Entry> batch) {
    List<Partition> changed;
    try {
      for (Entry entry : batch) {
        entry.change.apply(tables);
      }
      changed = tables.commit();
    } catch (SQLException | RuntimeException e) {
      rollback();
      if (batch.size() == 1) {
        String why = "the log of events could not be written: " + e.getMessage();
        LOG.log(Level.ERROR, why);
        end(batch.get(0), new LogException(why, e));
      } else {
        // One change that cannot be made must not take the others with it.
        batch.forEach(entry -> write(List.of(entry)));
      }
      return;
    }
    batch.forEach(entry -> end(entry, null));
    changed.forEach(afterCommit);
  }

  private void rollback() {
    try {
      tables.rollback();
    } catch (SQLException e) {
      LOG.log(Level.ERROR, "a transaction of the log of events could not be rolled back", e);
    }
  }

  private void end(Entry entry, LogException failure) {
    waiting.addAndGet(-entry.bytes);
    if (failure == null) {
      entry.done.complete(null);
    } else {
      entry.done.completeExceptionally(failure);
    }
  }

  private void failRemaining() {
    List<Entry> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(entry -> end(entry, closed()));
  }

  private static LogException closed() {
    return new LogException("the log of events is closed", null);
  }

  /** Writes what is waiting, and ends. */
  @Override
  public void close() throws SQLException {
    closing = true;
    queue.add(new Entry(tables -> {}, 0, new CompletableFuture<>())); // wakes it up
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tables.close();
  }

  private record Entry(Change change, long bytes, CompletableFuture<Void> done) {}
}
