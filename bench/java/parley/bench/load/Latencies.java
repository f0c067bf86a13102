package parley.bench.load;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How long things took, by {@link System#nanoTime}. Any thread may take one down. */
public final class Latencies {

  private final Map<String, Long> under = new ConcurrentHashMap<>();
  private long[] nanos = new long[1 << 14];
  private int count;

  /** Something begins. */
  public void began(String id) {
    under.put(id, System.nanoTime());
  }

  /** It ends, and counts, if it has begun and not ended before. */
  public void ended(String id) {
    long now = System.nanoTime();
    Long began = under.remove(id);
    if (began != null) {
      add(now - began);
    }
  }

  /** Takes down how long something took. */
  synchronized void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = duration;
  }

  /** What is taken down; forgets it. */
  synchronized Latencies take() {
    Latencies taken = new Latencies();
    taken.nanos = Arrays.copyOf(nanos, Math.max(1, count));
    taken.count = count;
    count = 0;
    return taken;
  }

  synchronized int count() {
    return count;
  }

  /** The time in milliseconds that so many of a hundred stay within; 0 if there are none. */
  public synchronized double millis(double percent) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    long found = sorted[Math.max(0, (int) Math.ceil(count * percent / 100) - 1)];
    return found / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  @Override
  public String toString() {
    return "p50 %.1f ms, p99 %.1f ms".formatted(millis(50), millis(99));
  }
}
