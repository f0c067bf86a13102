package parley.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does tasks on threads of its own, of those that wait under one key only the latest. The more
 * wait, the longer each does: alone it is done at once, and under load others may take its place.
 * Where waiting spares nothing, because each comes under a key of its own, they wait for less.
 */
final class LatestOnly implements AutoCloseable {

  /**
   * How long a task waits for each that waits already, if none takes the place of another. So 250 a
   * second are done, evenly, and whatever has gathered beyond that goes away again.
   */
  private static final double LEAST_WAIT_MILLIS = 4;

  /** The same if each takes the place of another. */
  private static final double MOST_WAIT_MILLIS = 16;

  /**
   * Of about how many tasks it is remembered whether they took the place of others: so many that a
   * rush which begins anew, with games that none waits for yet, is still known for one.
   */
  private static final double REMEMBERED = 1_000;

  private static final long LONGEST_MILLIS = 1_000;
  private static final int MOST = 10_000;
  static final int THREADS = 4;
  private static final long CLOSE_SECONDS = 2;

  private record Waiting(long order, Runnable task) {}

  private final Map<String, Waiting> waiting = new HashMap<>();
  private final ScheduledThreadPoolExecutor threads;

  /** The share of the last tasks that have taken the place of others. */
  private double replacing;

  LatestOnly(String name) {
    threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Has a task done, instead of the one that waits under the same key.
   *
   * @param order of two that wait under one key the one with the higher order is done, whichever
   *     came first
   * @return false if too many wait already, or none is done any more; then it is not done
   */
  synchronized boolean submit(String key, long order, Runnable task) {
    if (threads.isShutdown()) {
      return false;
    }
    Waiting other = waiting.get(key);
    replacing += ((other == null ? 0 : 1) - replacing) / REMEMBERED;
    if (other != null) {
      if (other.order() <= order) {
        waiting.put(key, new Waiting(order, task));
      }
      return true;
    }
    if (waiting.size() >= MOST) {
      return false;
    }
    long delay = delay();
    waiting.put(key, new Waiting(order, task));
    threads.schedule(() -> take(key).run(), delay, TimeUnit.MILLISECONDS);
    return true;
  }

  private long delay() {
    double each = LEAST_WAIT_MILLIS + (MOST_WAIT_MILLIS - LEAST_WAIT_MILLIS) * replacing;
    return Math.min(LONGEST_MILLIS, Math.round(each * waiting.size()));
  }

  private synchronized Runnable take(String key) {
    return waiting.remove(key).task();
  }

  /** Does what waits, for two seconds at most. */
  @Override
  public void close() {
    // Tasks that wait for their time are still done after this.
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
