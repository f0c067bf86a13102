package parley.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many moves a second the app takes, each acknowledged after its commit, and what they cost:
 * rounds of games that are started, and then played so many at once; then games started and played
 * without a pause.
 */
public final class GamesBench {

  /** The same for all: every player may come to play against every other. */
  private static final int ONE_BUCKET = 3_600;

  private static final int FIRST_BUCKET_OF_PAIRS = 7_200;

  /** So many at once that a JVM which has compiled nothing yet can serve. */
  private static final int FEW = 8;

  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx144m",
          "-XX:+UseSerialGC",
          // What the compilers have freed goes back to the system. Not every JDK 17 knows it.
          "-XX:+UnlockExperimentalVMOptions",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:TrimNativeHeapInterval=5000");

  private final Path folder;
  private final Plan plan;
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

  public GamesBench(Path folder, Plan plan, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
  }

  /** Runs it; false if the figures of {@code docs/performance.md} were missed. */
  public boolean run() throws Exception {
    try (ServedApp app = new ServedApp(folder, JVM_OPTIONS, Map.of());
        Crowd crowd = new Crowd(app.http(), plan.atOnce());
        Lag lag = new Lag(app.store())) {
      signIn(crowd);
      warmUp(app, crowd, lag);
      List<Measured> rounds = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        rounds.add(round("round", app, crowd, lag));
      }
      Measured median = median(rounds);
      out.println("the round in the middle: " + median);
      Measured sustained = sustain(app, crowd, lag);
      out.printf("%.0f s without a pause: %s%n", sustained.seconds(), sustained);
      long resident = resident(app);
      return allThere(app)
          && Targets.hold(median)
          && Targets.holdWithoutAPause(sustained)
          && resident <= Targets.RESIDENT_MB;
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

  private void warmUp(ServedApp app, Crowd crowd, Lag lag) throws Exception {
    try (Crowd few = new Crowd(app.http(), FEW)) {
      round("warm-up by " + FEW, app, few, lag);
    }
    for (int i = 0; i < plan.warmUp(); i++) {
      round("warm-up", app, crowd, lag);
    }
  }

  /** Starts all games of a round, and plays them once no orchestration is behind. */
  private Measured round(String name, ServedApp app, Crowd crowd, Lag lag) throws Exception {
    List<Game> games = new ArrayList<>();
    double startSeconds = start(crowd, lag, games);
    lag.awaitNone();
    lag.take();

    Latencies latencies = new Latencies();
    games.forEach(game -> game.tell(moves(latencies, lag)));
    Meter meter = new Meter(app);
    long began = System.nanoTime();
    crowd.hold(games.iterator());
    Measured measured = measured(began, latencies, lag, meter);
    out.printf(
        "%s: %.0f games created and joined/s; %s%n", name, games.size() / startSeconds, measured);
    return measured;
  }

  /** Returns how many seconds it took. */
  private double start(Crowd crowd, Lag lag, List<Game> games) throws IOException {
    Collections.shuffle(players);
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
    double seconds = secondsSince(began);
    if (games.size() != plan.games()) {
      throw new IllegalStateException(games.size() + " games have begun");
    }
    return seconds;
  }

  /** Starts and plays games until the time is over; each pair of players has its own bucket. */
  private Measured sustain(ServedApp app, Crowd crowd, Lag lag) throws Exception {
    Latencies latencies = new Latencies();
    Game.Moves moves = moves(latencies, lag);
    Meter meter = new Meter(app);
    long began = System.nanoTime();
    long end = began + plan.sustained().toNanos();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < plan.atOnce(); i++) {
      Player one = players.get(2 * i);
      Player other = players.get(2 * i + 1);
      pairs.add(new Pair(one, other, FIRST_BUCKET_OF_PAIRS + i, byId, moves, end));
    }
    crowd.hold(pairs.iterator());
    return measured(began, latencies, lag, meter);
  }

  /** The last move has been answered; the costs count until no orchestration is behind. */
  private static Measured measured(long began, Latencies latencies, Lag lag, Meter meter)
      throws Exception {
    double seconds = secondsSince(began);
    lag.awaitNone();
    return new Measured(seconds, latencies, lag.take(), meter.each(latencies.count()));
  }

  private Game.Moves moves(Latencies latencies, Lag lag) {
    return (sessionId, version, nanos) -> {
      latencies.add(nanos);
      lag.committed(sessionId, version);
      acknowledged++;
    };
  }

  /** By what a move costs. */
  private static Measured median(List<Measured> rounds) {
    List<Measured> sorted = new ArrayList<>(rounds);
    sorted.sort(Comparator.comparing(round -> round.spent().processors()));
    return sorted.get(sorted.size() / 2);
  }

  private long resident(ServedApp app) throws IOException {
    long jvm = Usage.residentMegabytes(app.jvm());
    long mariaDb = Usage.residentMegabytes(app.mariaDb());
    out.printf("resident: %d MB (JVM %d, MariaDB %d)%n", jvm + mariaDb, jvm, mariaDb);
    return jvm + mariaDb;
  }

  private boolean allThere(ServedApp app) throws SQLException {
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
