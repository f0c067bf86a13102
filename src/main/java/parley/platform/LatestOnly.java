package parley.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Does tasks on threads of its own, of those that wait under one key only the latest. The more
 * come, the longer each waits: few are done at once, and of many others may take the place.
 */
final class LatestOnly implements AutoCloseable {

  private static final int MOST = 10_000;
  static final int THREADS = 4;
  private static final long CLOSE_SECONDS = 2;

  private record Waiting(long order, Runnable task) {}

  private final Gathering gathering = new Gathering();
  private final Map<String, Waiting> waiting = new HashMap<>();
  private final ScheduledThreadPoolExecutor threads;

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
    long delay = gathering.millisAt(System.nanoTime());
    Waiting other = waiting.get(key);
    if (other != null) {
      if (other.order() <= order) {
        waiting.put(key, new Waiting(order, task));
      }
      return true;
    }
    if (waiting.size() >= MOST) {
      return false;
    }
    waiting.put(key, new Waiting(order, task));
    threads.schedule(() -> take(key).run(), scattered(delay), TimeUnit.MILLISECONDS);
    return true;
  }

  /** So that what has come at once, as after an outage, does not go on at once. */
  private static long scattered(long delay) {
    return delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1);
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
