package parley.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The processors' time that the app and its servers take from now on. */
final class Spending {

  private final Map<String, ProcessHandle> processes;
  private final Map<String, Duration> before = new LinkedHashMap<>();

  Spending(ServedApp app) throws IOException {
    processes = app.processes();
    processes.forEach((name, process) -> before.put(name, Usage.processorTime(process)));
  }

  /** Milliseconds of a processor, in text: of all together, and of each. */
  String each(double units) {
    double all = 0;
    StringBuilder parts = new StringBuilder();
    for (String name : processes.keySet()) {
      double millis = millis(name) / units;
      all += millis;
      parts.append(parts.isEmpty() ? "" : ", ").append("%s %.3f".formatted(name, millis));
    }
    return "%.3f CPU-ms (%s)".formatted(all, parts);
  }

  /** The time of one of them. */
  double millis(String name) {
    Duration spent = Usage.processorTime(processes.get(name)).minus(before.get(name));
    return spent.toNanos() / 1e6;
  }
}
