package parley.local.engine.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The one thread that writes the store. Whatever has queued up while a transaction was being
 * committed goes into the next one, so that many changes share the wait for the disk.
 *
 * <p>A change's future completes when the change is durable, after its effects have been handed
 * over. It completes on the writer's thread: what hangs on it must be quick, and must not wait for
 * another change.
 */
final class Writer implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Writer.class.getName());
  private static final int MOST_IN_A_TRANSACTION = 500;

  private final Sql sql;
  private final Rows rows;
  private final Consumer<Effects> afterCommit;
  private final BlockingQueue<Entry<?>> queue;
  private final Thread thread = new Thread(this::run, "durable-writer");
  private volatile boolean closing;
  private volatile boolean stopped;

  /**
   * @param sql a connection without auto-commit, closed with this
   * @param afterCommit gets the effects of each transaction, on the writer's thread
   * @param capacity how many changes may wait
   */
  Writer(Sql sql, Consumer<Effects> afterCommit, int capacity) throws SQLException {
    this.sql = sql;
    this.rows = new Rows(sql);
    this.afterCommit = afterCommit;
    this.queue = new ArrayBlockingQueue<>(capacity);
    sql.commit(); // ends the transaction that reading the rows began
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Queues a change.
   *
   * @throws RejectedExecutionException if too many are waiting, or the writer is closing
   */
  <T> CompletableFuture<T> offer(Change<T> change) {
    Entry<T> entry = new Entry<>(change, new CompletableFuture<>());
    refuseWhenClosing();
    if (!queue.offer(entry)) {
      throw new RejectedExecutionException(
          "the durable store is busy: " + queue.size() + " changes are waiting");
    }
    failIfTooLate();
    return entry.done;
  }

  /**
   * Queues a change, waiting while too many are.
   *
   * @throws RejectedExecutionException if the writer is closing
   */
  <T> CompletableFuture<T> put(Change<T> change) throws InterruptedException {
    Entry<T> entry = new Entry<>(change, new CompletableFuture<>());
    refuseWhenClosing();
    queue.put(entry);
    failIfTooLate();
    return entry.done;
  }

  private void refuseWhenClosing() {
    if (closing) {
      throw new ClosedException();
    }
  }

  private void failIfTooLate() {
    if (stopped) {
      failRemaining();
    }
  }

  private void run() {
    List<Entry<?>> batch = new ArrayList<>(MOST_IN_A_TRANSACTION);
    try {
      while (!closing || !queue.isEmpty()) {
        batch.add(queue.take());
        queue.drainTo(batch, MOST_IN_A_TRANSACTION - 1);
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

  private void write(List<Entry<?>> batch) {
    Effects effects = new Effects();
    List<Runnable> answers = new ArrayList<>(batch.size());
    try {
      for (Entry<?> entry : batch) {
        answers.add(entry.apply(rows, effects));
      }
      sql.commit();
    } catch (SQLException | RuntimeException e) {
      rollback();
      if (batch.size() == 1) {
        batch
            .get(0)
            .done
            .completeExceptionally(
                new StoreException("the durable store could not be written: " + e.getMessage(), e));
      } else {
        // One change that cannot be made must not take the others with it.
        batch.forEach(entry -> write(List.of(entry)));
      }
      return;
    }
    afterCommit.accept(effects);
    answers.forEach(Runnable::run);
  }

  private void rollback() {
    try {
      sql.rollback();
    } catch (SQLException e) {
      LOG.log(Level.ERROR, "a transaction of the durable store could not be rolled back", e);
    }
  }

  private void failRemaining() {
    List<Entry<?>> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(entry -> entry.done.completeExceptionally(new ClosedException()));
  }

  /** Writes what is waiting, and ends. */
  @Override
  public void close() throws SQLException {
    closing = true;
    queue.offer(new Entry<>((rows, effects) -> null, new CompletableFuture<Void>())); // wakes it up
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sql.close();
  }

  private record Entry<T>(Change<T> change, CompletableFuture<T> done) {

    /** Returns what answers whoever waits, to be run once the change is durable. */
    Runnable apply(Rows rows, Effects effects) throws SQLException {
      T result = change.apply(rows, effects);
      return () -> done.complete(result);
    }
  }
}
