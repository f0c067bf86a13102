package parley.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many at once who do the same with one number after the other. */
final class Callers {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Callers() {}

  /** What one caller does with one number. */
  interface Call {
    void with(int n) throws Exception;
  }

  /**
   * Has so many callers at once each take one number after the other, from 0 to {@code count}.
   *
   * @throws IllegalStateException if one of them failed, or they have not ended in time
   */
  static void run(int callers, int count, Call call) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    for (int i = 0; i < callers; i++) {
      pool.submit(
          () -> {
            for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
              call.with(n);
            }
            return ended.incrementAndGet();
          });
    }
    pool.shutdown();
    boolean inTime = pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    pool.shutdownNow();
    if (!inTime || ended.get() < callers) {
      throw new IllegalStateException(ended.get() + " of " + callers + " callers came to an end");
    }
  }
}
