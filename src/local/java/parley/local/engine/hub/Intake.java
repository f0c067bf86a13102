package parley.local.engine.hub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Refuses what would make work while there is too much of it, or no room for what it brings. */
final class Intake {

  private static final long MOST_CHARACTERS = 32 << 20;

  private final IntSupplier backlog;
  private final int mostBacklog;
  private final AtomicLong characters = new AtomicLong();

  /**
   * @param backlog how many turns and activities are waiting to be run
   * @param mostBacklog how many may be before nothing more is begun
   */
  Intake(IntSupplier backlog, int mostBacklog) {
    this.backlog = backlog;
    this.mostBacklog = mostBacklog;
  }

  /**
   * Has a request done, if there is room.
   *
   * @param payload what the request brings along, or null; it takes up room until the request is
   *     done
   * @throws RejectedExecutionException if there is not
   */
  <T> CompletableFuture<T> take(String payload, Supplier<CompletableFuture<T>> request) {
    int waiting = backlog.getAsInt();
    if (waiting >= mostBacklog) {
      throw new RejectedExecutionException(
          "the durable engine is busy: " + waiting + " turns and activities are waiting");
    }
    long size = payload == null ? 0 : payload.length();
    long all = characters.addAndGet(size);
    if (all > MOST_CHARACTERS && all > size) { // a single one may be as large as a message can be
      characters.addAndGet(-size);
      throw new RejectedExecutionException(
          "the durable engine is busy: " + all + " characters are waiting to be stored");
    }
    try {
      return request.get().whenComplete((done, problem) -> characters.addAndGet(-size));
    } catch (RejectedExecutionException busy) {
      characters.addAndGet(-size);
      throw busy;
    }
  }
}
