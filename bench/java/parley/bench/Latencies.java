package parley.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long an instance takes from the answer of one activity to the start of the next: the answer's
 * commit, the turn that plays it, and the turn's commit, with all the waiting in line between.
 */
final class Latencies {

  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final long[] nanos;
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param most how many it takes down; the rest goes unmeasured
   */
  Latencies(int most) {
    nanos = new long[most];
  }

  void answered(String instance) {
    answered.put(instance, System.nanoTime());
  }

  void called(String instance) {
    Long began = answered.remove(instance);
    int next = began == null ? nanos.length : count.getAndIncrement();
    if (next < nanos.length) {
      nanos[next] = System.nanoTime() - began;
    }
  }

  /** The time in milliseconds that so many of a hundred stay within. */
  double millis(int percent) {
    long[] sorted = Arrays.copyOf(nanos, Math.min(count.get(), nanos.length));
    Arrays.sort(sorted);
    long found = sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    return found / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
