package parley.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** How much of the heap this process takes. */
final class Heap {

  private static final long MEGABYTE = 1 << 20;

  private Heap() {}

  /** Begins to measure: what is garbage now does not count. */
  static void reset() {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** The most that its parts have held since, garbage among it, of what they may. */
  static String peak() {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    return String.format(
        "peak %d MB of %d", peak / MEGABYTE, Runtime.getRuntime().maxMemory() / MEGABYTE);
  }
}
