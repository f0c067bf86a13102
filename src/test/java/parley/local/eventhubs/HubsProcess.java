package parley.local.eventhubs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Event hubs in a JVM of their own, which can be killed. */
final class HubsProcess {

  private final Process process;
  private final String connectionString;

  private HubsProcess(Process process, String connectionString) {
    this.process = process;
    this.connectionString = connectionString;
  }

  /** Serves until its input ends. */
  public static void main(String[] args) throws IOException {
    EventHubs hubs = EventHubs.bind(Integer.parseInt(args[1]), TestHubs.KEY);
    hubs.serve(
        new EventHubs.Options(
            Path.of(args[0], "event-hubs.db"),
            List.of(TestHubs.HUB),
            4,
            Duration.ofDays(1),
            Clock.systemUTC()));
    System.out.println(hubs.connectionString());
    while (System.in.read() >= 0) {
      Thread.onSpinWait();
    }
    hubs.close();
  }

  /**
   * Starts it, and returns when it serves.
   *
   * @param port 0 for any that is free
   */
  static HubsProcess start(Path folder, int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HubsProcess.class.getName(),
                folder.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("the process of the event hubs has not started");
    }
    return new HubsProcess(process, line);
  }

  String connectionString() {
    return connectionString;
  }

  int port() {
    return Integer.parseInt(connectionString.replaceAll(".*localhost:(\\d+).*", "$1"));
  }

  /** As {@code kill -9} does, and returns when it is dead. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
