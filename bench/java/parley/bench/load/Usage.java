package parley.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process takes of the machine, as Linux tells it. */
final class Usage {

  private Usage() {}

  /** Since its start. */
  static Duration processorTime(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  static long residentMegabytes(ProcessHandle process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no resident memory is told of process " + process.pid());
  }
}
