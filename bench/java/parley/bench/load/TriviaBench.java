package parley.bench.load;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How far apart in time a crowd hears of a clue while it guesses, and what that costs. */
public final class TriviaBench {

  private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");
  private static final Map<String, String> SETTINGS = Map.of("TRIVIA_BEAT_SECONDS", "3");

  private static final TriviaLoad.Plan WARM_UP = new TriviaLoad.Plan(500, 50, 5);
  private static final TriviaLoad.Plan MEASURED = new TriviaLoad.Plan(500, 50, 16);

  private static final double SPREAD_MILLIS = 200;

  private final Path folder;
  private final PrintStream out;

  public TriviaBench(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Runs it; false if somebody has missed something, or heard of a clue too late. */
  public boolean run() throws Exception {
    try (ServedApp app = new ServedApp(folder, JVM_OPTIONS, SETTINGS)) {
      new TriviaLoad(app.http(), app.functionKey(), WARM_UP).run();
      Spending spending = new Spending(app);
      TriviaLoad.Tally tally = new TriviaLoad(app.http(), app.functionKey(), MEASURED).run();
      String spent = spending.each(tally.guesses());

      out.println(tally);
      double slowest = tally.spreads().millis(100);
      out.printf(
          "a clue, from the first client to the last: p50 %.1f ms, at most %.1f ms%n",
          tally.spreads().millis(50), slowest);
      out.printf(
          "a guess, until it is answered: %s; with its %d messages %s%n",
          tally.answers(), tally.clients(), spent);
      for (Map.Entry<String, ProcessHandle> process : app.processes().entrySet()) {
        out.printf(
            "resident: %s %d MB%n", process.getKey(), Usage.residentMegabytes(process.getValue()));
      }
      return tally.isComplete() && slowest <= SPREAD_MILLIS;
    }
  }
}
