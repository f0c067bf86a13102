package parley.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Does tasks on threads of its own, of those that wait under one key only the last. The more wait,
 * the longer each does: alone it is done at once, and under load others may take its place.
 */
final class LatestOnly implements AutoCloseable {

  /** How long a task waits for each that waits already. */
  private static final long WAIT_MILLIS = 10;

  private static final long LONGEST_MILLIS = 1_000;
  private static final int MOST = 10_000;
  private static final int THREADS = 4;
  private static final long CLOSE_SECONDS = 2;

  private final Map<String, Runnable> waiting = new HashMap<>();
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
   * @return false if too many wait already, or none is done any more; then it is not done
   */
  synchronized boolean submit(String key, Runnable task) {
    if (threads.isShutdown()) {
      return false;
    }
    if (waiting.containsKey(key)) {
      waiting.put(key, task);
      return true;
    }
    if (waiting.size() >= MOST) {
      return false;
    }
    long delay = Math.min(LONGEST_MILLIS, WAIT_MILLIS * waiting.size());
    waiting.put(key, task);
    threads.schedule(() -> take(key).run(), delay, TimeUnit.MILLISECONDS);
    return true;
  }

  private synchronized Runnable take(String key) {
    return waiting.remove(key);
  }

  /** Does what waits, for two seconds at most. */
  @Override
  public void close() {
    // What waits for its moment is not dropped, which is what shutdown does by itself.
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
