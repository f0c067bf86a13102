package parley.bench.clients;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.bench.clients.FourClients.Plan;
import parley.bench.clients.FourClients.Site;
import parley.bench.load.ServedApp;

/** Four kinds of clients of the app as {@code mvn -Plocal} runs it, with its usual times. */
public final class ClientsBench {

  private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private final Path folder;
  private final int players;
  private final PrintStream out;

  /**
   * @param players of each kind
   */
  public ClientsBench(Path folder, int players, PrintStream out) {
    this.folder = folder;
    this.players = players;
    this.out = out;
  }

  /** Runs it; false if somebody was shown something twice, late or never. */
  public boolean run() throws Exception {
    long began = System.nanoTime();
    try (ServedApp app = new ServedApp(folder, JVM_OPTIONS, Map.of());
        FourClients clients =
            new FourClients(
                new Site(
                    app.http(),
                    app.push(),
                    Clock.systemUTC(),
                    () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50))),
                new Plan(players, Duration.ofMillis(50)))) {
      Tally tally = clients.run();
      out.println(tally);
      out.printf("in %.0f s%n", (System.nanoTime() - began) / 1e9);
      return tally.holds();
    }
  }
}
