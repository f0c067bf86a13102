package parley.bench.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import parley.App;
import parley.local.LocalHost;
import parley.local.LocalOptions;
import parley.local.LocalPorts;
import parley.local.ParleyApp;

/**
 * The whole app in the local host, as a process that can be killed. It reads from its input how
 * many seconds its clock is to be ahead, line by line, and ends in good order with its input.
 */
final class StormApp {

  static final String READY = "ready";

  private StormApp() {}

  /**
   * @param args the state folder, the ports of HTTP, durable engine and MariaDB, how many seconds
   *     the clock is ahead, whether to forget what is there, and the URL of a database; empty for
   *     one of its own
   */
  public static void main(String[] args) throws IOException {
    ShiftedClock clock = new ShiftedClock(seconds(args[4]));
    LocalPorts ports =
        new LocalPorts(
            Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    LocalOptions options =
        new LocalOptions(
            Path.of(args[0]),
            Boolean.parseBoolean(args[5]),
            ports,
            clock,
            App.FUNCTIONS,
            Map.of("MYSQL_CONNECTION_STRING", args[6]),
            App.defaults(),
            new ParleyApp());
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (LocalHost host = LocalHost.start(options)) {
      System.out.println(READY);
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        clock.advanceTo(seconds(line));
        host.clockMoved();
        System.out.println(line);
      }
    }
    System.exit(0);
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text));
  }
}
