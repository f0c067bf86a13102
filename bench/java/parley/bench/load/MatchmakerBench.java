package parley.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import parley.matchmaking.PlacingBench;
import redis.clients.jedis.RedisClient;

/**
 * How many players a second the matchmaker brings to their servers, how long one takes who need not
 * wait for others, and what that costs: rounds of players who come all at once, and then players
 * who come two by two at fixed times.
 */
public final class MatchmakerBench {

  private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private static final int BUCKETS = 8;
  private static final int SEATS = 4;
  private static final String DUEL = "duel";
  private static final int DUEL_SEATS = 2;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "MATCHMAKING_BUCKETS",
          "{\"*\":{\"capacity\":%d,\"timeout\":300},\"mode=%s;region=eu\":{\"capacity\":%d,\"timeout\":300}}"
              .formatted(SEATS, DUEL, DUEL_SEATS),
          "MATCHMAKING_SERVER_SECONDS",
          "86400");

  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long DUEL_LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long IDLE_MILLIS = 5_000;

  private static final double TICKETS_PER_SECOND = 400;
  private static final double MATCHED_P99_MILLIS = 150;

  private final Path folder;
  private final Plan plan;
  private final PrintStream out;

  /**
   * @param players of a round
   * @param atOnce requests that are under way at a time
   * @param warmUp rounds before those that count, for the JVM to compile what is hot
   * @param rounds that count
   * @param between two who come together and the next two
   * @param duelWarmUp players who come two by two before those that count
   * @param duels players who come two by two
   */
  public record Plan(
      int players,
      int atOnce,
      int warmUp,
      int rounds,
      Duration between,
      int duelWarmUp,
      int duels) {}

  public MatchmakerBench(Path folder, Plan plan, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
  }

  /** Runs it; false if the figures of {@code docs/performance.md} were missed. */
  public boolean run() throws Exception {
    boolean placed = new PlacingBench(out).run(folder.resolve("placing"));
    try (ServedApp app = new ServedApp(folder.resolve("app"), JVM_OPTIONS, SETTINGS)) {
      GameServers servers = new GameServers(app);
      boolean matched = rounds(app, servers);
      idle(app);
      boolean quick = duels(app, servers);
      for (Map.Entry<String, ProcessHandle> process : app.processes().entrySet()) {
        out.printf(
            "resident: %s %d MB%n", process.getKey(), Usage.residentMegabytes(process.getValue()));
      }
      return placed && matched && quick;
    }
  }

  private boolean rounds(ServedApp app, GameServers servers) throws Exception {
    try (Visitors visitors = new Visitors(app.http(), plan.atOnce())) {
      for (int i = 0; i < plan.warmUp(); i++) {
        round("warm-up", app, servers, visitors);
      }
      List<Double> perSecond = new ArrayList<>();
      for (int i = 0; i < plan.rounds(); i++) {
        perSecond.add(round("round", app, servers, visitors));
      }
      servers.check();
      perSecond.sort(Comparator.naturalOrder());
      double median = perSecond.get(perSecond.size() / 2);
      out.printf("the round in the middle: %.0f tickets/s%n", median);
      return median >= TICKETS_PER_SECOND;
    }
  }

  /** Returns how many tickets a second were brought to their servers. */
  private double round(String name, ServedApp app, GameServers servers, Visitors visitors)
      throws Exception {
    List<Seeker> seekers = new ArrayList<>();
    for (Player player : players(app, plan.players())) {
      seekers.add(new Seeker(player, "m" + seekers.size() % BUCKETS, LOOK_EVERY));
    }
    servers.add(plan.players() / SEATS);

    Spending spending = new Spending(app);
    long began = System.nanoTime();
    visitors.receive(seekers, 0, 1);
    double perSecond = seekers.size() / ((System.nanoTime() - began) / 1e9);
    out.printf(
        "%s: %.0f tickets/s; POST %s, matched %s; %.1f looks, %s a ticket%n",
        name,
        perSecond,
        times(seekers, Seeker::answeredAfter),
        times(seekers, Seeker::matchedAfter),
        seekers.stream().mapToInt(Seeker::looks).average().orElse(0),
        spending.each(seekers.size()));
    requireWell(GameServers.wrong(seekers, SEATS));
    return perSecond;
  }

  private void idle(ServedApp app) throws IOException, InterruptedException {
    Spending spending = new Spending(app);
    Thread.sleep(IDLE_MILLIS);
    out.printf(
        "nothing to do: JVM %.1f %% of a core, Redis %.1f %%%n",
        100 * spending.millis("JVM") / IDLE_MILLIS, 100 * spending.millis("Redis") / IDLE_MILLIS);
  }

  private boolean duels(ServedApp app, GameServers servers) throws Exception {
    try (Visitors visitors = new Visitors(app.http(), plan.atOnce())) {
      duels("warm-up", plan.duelWarmUp(), app, servers, visitors);
      double p99 = duels("two by two", plan.duels(), app, servers, visitors);
      servers.check();
      return p99 <= MATCHED_P99_MILLIS;
    }
  }

  /** Returns the milliseconds that 99 of a hundred take at most. */
  private double duels(
      String name, int players, ServedApp app, GameServers servers, Visitors visitors)
      throws Exception {
    List<Seeker> seekers = new ArrayList<>();
    for (Player player : players(app, players)) {
      seekers.add(new Seeker(player, DUEL, DUEL_LOOK_EVERY));
    }
    servers.add(players / DUEL_SEATS);

    Spending spending = new Spending(app);
    long began = System.nanoTime();
    visitors.receive(seekers, plan.between().toNanos(), DUEL_SEATS);
    double perSecond = seekers.size() / ((System.nanoTime() - began) / 1e9);
    out.printf(
        "%s: %d at %.1f tickets/s; POST answered %s, given a server %s, matched %s; %.1f looks, %s a ticket%n",
        name,
        players,
        perSecond,
        times(seekers, Seeker::answeredAfter),
        givenAfter(app, seekers),
        times(seekers, Seeker::matchedAfter),
        seekers.stream().mapToInt(Seeker::looks).average().orElse(0),
        spending.each(players));
    requireWell(GameServers.wrong(seekers, DUEL_SEATS));
    return latencies(seekers, Seeker::matchedAfter).millis(99);
  }

  /** Until Redis gave the session its server; what is left is the way back to the player. */
  private static Latencies givenAfter(ServedApp app, List<Seeker> seekers) {
    Latencies latencies = new Latencies();
    try (RedisClient redis = RedisClient.create(app.redis())) {
      for (Seeker seeker : seekers) {
        String given = redis.hget("Session:" + seeker.session(), "AllocatedAt");
        latencies.add(Math.round(Double.parseDouble(given) * 1e9) - 1_000_000 * seeker.beganAt());
      }
    }
    return latencies;
  }

  private List<Player> players(ServedApp app, int count) throws IOException {
    List<Player> players = new ArrayList<>();
    List<SignIn> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new SignIn(players::add));
    }
    try (Crowd crowd = new Crowd(app.http(), plan.atOnce())) {
      crowd.hold(all.iterator());
    }
    return players;
  }

  private static void requireWell(List<String> wrong) {
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(wrong.size() + " things are wrong: " + wrong);
    }
  }

  private static String times(List<Seeker> seekers, ToLongFunction<Seeker> nanos) {
    return latencies(seekers, nanos).toString();
  }

  private static Latencies latencies(List<Seeker> seekers, ToLongFunction<Seeker> nanos) {
    Latencies latencies = new Latencies();
    for (Seeker seeker : seekers) {
      latencies.add(nanos.applyAsLong(seeker));
    }
    return latencies;
  }
}
