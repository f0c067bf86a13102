package parley.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How many moves a second the app takes, each acknowledged after its commit, and what they cost:
 * rounds of games that are started, and then played so many at once; then games started and played
 * without a pause.
 */
public final class GamesBench {

  private static final int ONE_BUCKET = 3_600;

  private final Plan plan;
  private final Path folder;
  private final PrintStream out;
  private final List<Player> players = new ArrayList<>();
  private final Map<String, Player> byId = new HashMap<>();
  private long acknowledged;

  /**
   * @param games in a round
   * @param atOnce how many are played at a time
   * @param warmUp rounds before those that count, for the JVM to compile what is hot
   * @param rounds that count
   * @param sustained how long it goes on without a pause
   */
  public record Plan(int games, int atOnce, int warmUp, int rounds, Duration sustained) {}

  /** What one round has shown. */
  private record Round(
      double startsPerSecond,
      double movesPerSecond,
      double p50,
      double p99,
      Spent spent,
      Millis lag) {}

  public GamesBench(Path folder, Plan plan, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
  }

  /** Runs it; returns whether it has held what {@code docs/performance.md} promises. */
  public boolean run() throws Exception {
    List<String> options = List.of(System.getProperty("bench.jvm", "").split(" "));
    try (ServedApp app = new ServedApp(folder, options);
        Crowd crowd = new Crowd(app.http(), plan.atOnce());
        Lag lag = new Lag(app.store())) {
      signIn(crowd);
      try (Crowd few = new Crowd(app.http(), 8)) {
        // A JVM that has compiled nothing yet is slow, and answers 503 to too many at once.
        print("warm-up by 8", round(app, few, lag));
      }
      for (int i = 0; i < plan.warmUp(); i++) {
        print("warm-up", round(app, crowd, lag));
      }
      List<Round> rounds = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        rounds.add(round(app, crowd, lag));
        print("round", rounds.get(i));
      }
      memory(app);
      boolean kept = sustain(app, crowd, lag);
      memory(app);
      return requireAllThere(app) && kept;
    }
  }

  private void signIn(Crowd crowd) throws IOException {
    List<SignIn> all = new ArrayList<>();
    for (int i = 0; i < 2 * plan.games(); i++) {
      all.add(
          new SignIn(
              player -> {
                players.add(player);
                byId.put(player.id(), player);
              }));
    }
    crowd.hold(all.iterator());
  }

  private Round round(ServedApp app, Crowd crowd, Lag lag) throws Exception {
    Collections.shuffle(players);
    List<Game> games = new ArrayList<>();
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < players.size(); i += 2) {
      starts.add(
          new Start(
              players.get(i),
              players.get(i + 1),
              ONE_BUCKET,
              byId,
              game -> {
                games.add(game);
                lag.committed(game.sessionId(), 2);
              }));
    }
    long began = System.nanoTime();
    crowd.hold(starts.iterator());
    double startSeconds = secondsSince(began);
    if (games.size() != plan.games()) {
      throw new IllegalStateException(games.size() + " games have begun");
    }
    lag.awaitNone();
    lag.take();

    Millis latencies = new Millis();
    games.forEach(game -> game.tell(moves(latencies, lag)));
    Map<String, Long> counted = counters(app);
    Cost cost = new Cost(app);
    began = System.nanoTime();
    crowd.hold(games.iterator());
    double seconds = secondsSince(began);
    lag.awaitNone();
    int moves = latencies.count();
    if (Boolean.getBoolean("bench.counters"))
      counters(app)
          .forEach(
              (name, count) -> {
                double per = (count - counted.getOrDefault(name, 0L)) / (double) moves;
                if (per > 0.02) out.printf("   %s %.3f%n", name, per);
              });
    return new Round(
        plan.games() / startSeconds,
        moves / seconds,
        latencies.percentile(50),
        latencies.percentile(99),
        cost.since(moves),
        lag.take());
  }

  /** What everything that serves takes of the processors from now on. */
  private static final class Cost {
    private final List<ProcessHandle> processes;
    private final List<Duration> before;

    Cost(ServedApp app) throws IOException {
      processes = List.of(app.jvm(), app.mariaDb());
      before = processes.stream().map(ServedApp::processorTime).toList();
    }

    /** For each of so many moves. */
    Spent since(int moves) {
      double[] millis = new double[2];
      for (int i = 0; i < millis.length; i++) {
        Duration spent = ServedApp.processorTime(processes.get(i)).minus(before.get(i));
        millis[i] = spent.toNanos() / 1e6 / moves;
      }
      return new Spent(millis[0], millis[1]);
    }
  }

  /** Milliseconds of the processors' time for each move. */
  private record Spent(double jvm, double mariaDb) {
    @Override
    public String toString() {
      return "%.3f CPU-ms a move (JVM %.3f, MariaDB %.3f)".formatted(jvm + mariaDb, jvm, mariaDb);
    }
  }

  private Game.Moves moves(Millis latencies, Lag lag) {
    return (sessionId, version, nanos) -> {
      latencies.add(TimeUnit.NANOSECONDS.toMicros(nanos));
      lag.committed(sessionId, version);
      acknowledged++;
    };
  }

  /** Starts and plays games until the time is over; every pair of players has its own bucket. */
  private boolean sustain(ServedApp app, Crowd crowd, Lag lag) throws Exception {
    Millis latencies = new Millis();
    Cost cost = new Cost(app);
    long began = System.nanoTime();
    long end = began + plan.sustained().toNanos();
    Game.Moves moves = moves(latencies, lag);
    List<Talk> pairs = new ArrayList<>();
    for (int i = 0; i < plan.atOnce(); i++) {
      pairs.add(new Pair(players.get(2 * i), players.get(2 * i + 1), 7_200 + i, end, moves));
    }
    crowd.hold(pairs.iterator());
    double seconds = secondsSince(began);
    lag.awaitNone();
    Spent spent = cost.since(latencies.count());
    Millis lags = lag.take();
    out.printf(
        "%.0f s without a pause: %.0f moves/s, p50 %.1f ms, p99 %.1f ms, %s,"
            + " lag p50 %.0f ms, p99 %.0f ms%n",
        seconds,
        latencies.count() / seconds,
        latencies.percentile(50),
        latencies.percentile(99),
        spent,
        lags.percentile(50),
        lags.percentile(99));
    return latencies.count() / seconds >= 1_000 && lags.percentile(99) <= 5_000;
  }

  /** Two players start a game, play it, and start the next one until the time is over. */
  private final class Pair implements Talk {
    private final Player one;
    private final Player other;
    private final int bucket;
    private final long end;
    private final Game.Moves moves;
    private Talk now;
    private Game game;

    Pair(Player one, Player other, int bucket, long end, Game.Moves moves) {
      this.one = one;
      this.other = other;
      this.bucket = bucket;
      this.end = end;
      this.moves = moves;
    }

    @Override
    public Request first() {
      game = null;
      now = new Start(one, other, bucket, byId, begun -> game = begun.tell(moves));
      return now.first();
    }

    @Override
    public Request next(Answer answer) {
      Request next = now.next(answer);
      if (next != null) {
        return next;
      }
      if (now != game) {
        now = game;
        return game.first();
      }
      return System.nanoTime() < end ? first() : null;
    }
  }

  private void print(String name, Round round) {
    out.printf(
        "%s: %.0f games created and joined/s; %.0f moves/s, p50 %.1f ms, p99 %.1f ms,"
            + " %s; lag p50 %.0f ms, p99 %.0f ms%n",
        name,
        round.startsPerSecond(),
        round.movesPerSecond(),
        round.p50(),
        round.p99(),
        round.spent(),
        round.lag().percentile(50),
        round.lag().percentile(99));
  }

  private void memory(ServedApp app) throws IOException {
    out.printf(
        "resident: JVM %d MB, MariaDB %d MB%n", resident(app.jvm()), resident(app.mariaDb()));
  }

  /** Megabytes, as Linux tells them. */
  private static long resident(ProcessHandle process) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no resident memory is told of process " + process.pid());
  }

  /** What the database has counted so far. */
  private static Map<String, Long> counters(ServedApp app) throws SQLException {
    Map<String, Long> counters = new java.util.TreeMap<>();
    try (Connection connection = DriverManager.getConnection(app.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS")) {
      while (row.next()) {
        if (row.getString(2).matches("\\d{1,18}")) {
          counters.put(row.getString(1), row.getLong(2));
        }
      }
    }
    return counters;
  }

  private boolean requireAllThere(ServedApp app) throws SQLException {
    try (Connection connection = DriverManager.getConnection(app.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM gamesession_move")) {
      row.next();
      out.println("moves acknowledged " + acknowledged + ", in the rows " + row.getLong(1));
      return row.getLong(1) == acknowledged;
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
