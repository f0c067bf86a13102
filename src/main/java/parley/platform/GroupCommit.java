package parley.platform;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Has what several callers write at once committed together, in one round trip. Whoever comes while
 * nobody commits does so at once, and whoever comes meanwhile waits for the next commit, which one
 * of those who wait makes for all. So a write that comes alone waits for nothing, and the more
 * come, the less each costs. Who has waited for long does not wait any more for a commit that is
 * held up.
 *
 * @param <W> what one caller writes
 * @param <R> what becomes of it
 */
final class GroupCommit<W, R> {

  private final int most;
  private final Duration patience;
  private final Function<List<W>, List<R>> committer;
  private final Queue<Waiting<W, R>> queue = new ArrayDeque<>();

  /** The commit that was begun last, until it is over; those before it may be held up. */
  private List<Waiting<W, R>> underWay;

  private static final class Waiting<W, R> {
    private final W write;
    private final Thread caller = Thread.currentThread();
    private boolean taken;
    private R result;
    private Throwable failure;

    /** Written last, so that who has seen it sees the others. */
    private volatile boolean over;

    Waiting(W write) {
      this.write = write;
    }

    void end(R came, Throwable failed) {
      result = came;
      failure = failed;
      over = true;
      LockSupport.unpark(caller);
    }
  }

  /**
   * @param most how many writes are committed together at most
   * @param patience how long a write waits for a commit that others make
   * @param committer commits writes, on the thread of one of their callers, and says of each, in
   *     the same order, what became of it; what it throws is thrown to all of them, the same object
   */
  GroupCommit(int most, Duration patience, Function<List<W>, List<R>> committer) {
    this.most = most;
    this.patience = patience;
    this.committer = committer;
  }

  /** Commits a write, and says what became of it. Throws whatever the committer throws. */
  R commit(W write) {
    Waiting<W, R> mine = new Waiting<>(write);
    await(mine);
    if (mine.failure instanceof Error error) {
      throw error;
    }
    if (mine.failure instanceof RuntimeException exception) {
      throw exception;
    }
    return mine.result;
  }

  /** Not to be interrupted: the write may be under way, and ends soon. */
  private void await(Waiting<W, R> mine) {
    synchronized (this) {
      queue.add(mine);
    }
    long since = System.nanoTime();
    boolean interrupted = Thread.interrupted();
    while (!mine.over) {
      long left = patience.toNanos() - (System.nanoTime() - since);
      List<Waiting<W, R>> together = take(mine, left <= 0);
      if (together.isEmpty()) {
        LockSupport.parkNanos(this, left > 0 ? left : patience.toNanos());
        interrupted |= Thread.interrupted();
      } else {
        commitTogether(together);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a caller is to commit; nothing if others do so for it. */
  private synchronized List<Waiting<W, R>> take(Waiting<W, R> mine, boolean impatient) {
    List<Waiting<W, R>> together = new ArrayList<>();
    if (!mine.taken && (underWay == null || impatient)) {
      underWay = together;
      while (together.size() < most && !queue.isEmpty()) {
        Waiting<W, R> next = queue.remove();
        next.taken = true;
        together.add(next);
      }
    }
    return together;
  }

  private void commitTogether(List<Waiting<W, R>> together) {
    List<R> results = List.of();
    Throwable failure = null;
    try {
      results = committer.apply(together.stream().map(waiting -> waiting.write).toList());
      if (results.size() != together.size()) {
        throw new IllegalStateException("a result for each write is expected: " + results);
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    // Before the others are woken, so that the next commit begins as soon as this one is over.
    wakeNext(together);
    for (int i = 0; i < together.size(); i++) {
      together.get(i).end(failure == null ? results.get(i) : null, failure);
    }
  }

  private synchronized void wakeNext(List<Waiting<W, R>> committed) {
    // Another one is under way if this one was held up, and wakes the next itself.
    if (underWay == committed) {
      underWay = null;
      Waiting<W, R> next = queue.peek();
      if (next != null) {
        LockSupport.unpark(next.caller);
      }
    }
  }
}
