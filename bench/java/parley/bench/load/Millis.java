package parley.bench.load;

import java.util.Arrays;

/** Durations, taken down in microseconds. */
final class Millis {

  private long[] micros = new long[1 << 14];
  private int count;

  void add(long duration) {
    if (count == micros.length) {
      micros = Arrays.copyOf(micros, 2 * count);
    }
    micros[count++] = duration;
  }

  void clear() {
    count = 0;
  }

  Millis copy() {
    Millis copy = new Millis();
    copy.micros = Arrays.copyOf(micros, Math.max(1, count));
    copy.count = count;
    return copy;
  }

  int count() {
    return count;
  }

  /** The time in milliseconds that so many of a hundred stay within; 0 if there are none. */
  double percentile(double percent) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(micros, count);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(count * percent / 100) - 1)] / 1000.0;
  }
}
