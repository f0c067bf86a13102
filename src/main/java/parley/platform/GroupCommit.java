package parley.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/**
 * Has what several callers write at once committed together, in one round trip. Whoever comes while
 * nobody commits does so at once, and whoever comes meanwhile waits for the next commit, which one
 * of those who wait makes for all. So a write that comes alone waits for nothing, and the more
 * come, the less each costs.
 *
 * @param <W> what one caller writes
 * @param <R> what becomes of it
 */
public final class GroupCommit<W, R> {

  private final int most;
  private final Function<List<W>, List<R>> commit;
  private final Queue<Waiting<W, R>> queue = new ArrayDeque<>();
  private boolean committing;

  private static final class Waiting<W, R> {
    private final W write;

    /** Opens when this caller is to commit, or another has done so for it. */
    private final CountDownLatch turn = new CountDownLatch(1);

    private boolean over;
    private R result;
    private Throwable failure;

    Waiting(W write) {
      this.write = write;
    }

    void end(R came, Throwable failed) {
      over = true;
      result = came;
      failure = failed;
    }

    /** Not to be interrupted: the write is under way, and whoever makes it ends soon. */
    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          turn.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * @param most how many writes are committed together at most
   * @param commit commits writes, on the thread of one of their callers, and says of each, in the
   *     same order, what became of it; if it throws, that is what all of them come to
   */
  public GroupCommit(int most, Function<List<W>, List<R>> commit) {
    this.most = most;
    this.commit = commit;
  }

  /** Commits a write, and says what became of it. Throws whatever the commit throws. */
  public R commit(W write) {
    Waiting<W, R> mine = new Waiting<>(write);
    if (!first(mine)) {
      mine.await();
    }
    if (!mine.over) {
      commitNext();
    }
    if (mine.failure instanceof Error error) {
      throw error;
    }
    if (mine.failure instanceof RuntimeException exception) {
      throw exception;
    }
    return mine.result;
  }

  private synchronized boolean first(Waiting<W, R> mine) {
    queue.add(mine);
    boolean first = !committing;
    committing = true;
    return first;
  }

  /** Commits what waits, of which the caller's own write is the first. */
  private void commitNext() {
    List<Waiting<W, R>> together = take();
    try {
      List<R> results = commit.apply(together.stream().map(waiting -> waiting.write).toList());
      for (int i = 0; i < together.size(); i++) {
        together.get(i).end(results.get(i), null);
      }
    } catch (RuntimeException | Error e) {
      together.forEach(waiting -> waiting.end(null, e));
    }
    handOver();
    together.forEach(waiting -> waiting.turn.countDown());
  }

  private synchronized List<Waiting<W, R>> take() {
    List<Waiting<W, R>> taken = new ArrayList<>();
    while (taken.size() < most && !queue.isEmpty()) {
      taken.add(queue.remove());
    }
    return taken;
  }

  /** Before the others are woken, so that the next commit begins as soon as this one is over. */
  private synchronized void handOver() {
    Waiting<W, R> next = queue.peek();
    committing = next != null;
    if (next != null) {
      next.turn.countDown();
    }
  }
}
