package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import parley.bench.clients.ClientsBench;
import parley.bench.load.GamesBench;
import parley.bench.load.MatchmakerBench;
import parley.bench.load.NotifyBench;
import parley.bench.load.TriviaBench;
import parley.bench.storm.Plan;
import parley.bench.storm.Storm;
import parley.bench.storm.Tally;
import parley.bench.storm.Trouble;
import parley.local.LocalPorts;
import parley.local.services.Redis;
import parley.matchmaking.PoolStorm;

/** Runs one benchmark by its name, in a folder that is gone afterwards. It ends by itself. */
public final class Bench {

  private Bench() {}

  /**
   * Runs a benchmark; a process that has missed what must hold ends with 1.
   *
   * @param args {@code clients}, {@code engine}, {@code games}, {@code hubs}, {@code matchmaker},
   *     {@code notify}, {@code signalr} or {@code trivia}, or {@code kill}, {@code pool} or {@code
   *     storm} with the seed of its chances, 0 for a new one
   */
  public static void main(String[] args) throws Exception {
    String name = args.length == 0 ? "" : args[0];
    boolean held =
        switch (name) {
          case "clients" -> clients();
          case "hubs" -> inFolder(folder -> new HubsBench(folder, System.out).run());
          case "signalr" -> new SignalRBench(5_000, Duration.ofSeconds(60), System.out).run();
          case "engine" -> inFolder(folder -> new EngineBench(folder, System.out).run());
          case "kill" -> inFolder(folder -> kill(folder, Long.parseLong(args[1])));
          case "pool" -> inFolder(folder -> pool(folder, Long.parseLong(args[1])));
          case "storm" -> storm(Long.parseLong(args[1]));
          case "games" -> games();
          case "matchmaker" -> matchmaker();
          case "notify" -> tellings();
          case "trivia" -> new TriviaBench(Path.of("target", "trivia"), System.out).run();
          default -> {
            System.err.println(
                "-Dbench=clients, engine, games, hubs, kill, matchmaker, notify, pool, signalr, storm"
                    + " or trivia, got '"
                    + name
                    + "'");
            yield false;
          }
        };
    System.exit(held ? 0 : 1);
  }

  private static boolean kill(Path folder, long seed) throws Exception {
    KillTally tally =
        new KillBench(
                folder, KillBench.Plan.twentyKills(seed == 0 ? new Random().nextLong() : seed))
            .run(System.out);
    System.out.println(tally);
    return tally.holds();
  }

  /**
   * {@code -Dbench.games} and {@code -Dbench.kills} say how much of it; {@code -Dbench.mysql=apart}
   * takes a database that is no child of the app, and can be gone for longer.
   */
  private static boolean storm(long seed) throws Exception {
    boolean apart = System.getProperty("bench.mysql").equals("apart");
    Plan plan =
        new Plan(
            seed == 0 ? new Random().nextLong() : seed,
            Integer.getInteger("bench.games", 2_000),
            32,
            Integer.getInteger("bench.kills"),
            Duration.ofSeconds(3),
            apart,
            apart
                ? List.of(Trouble.STOPPED, Trouble.SLOW_STORE, Trouble.CRASHED)
                : List.of(Trouble.ENDED, Trouble.FROZEN, Trouble.BLOCKED_STORE, Trouble.KILLED),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10));
    // Not a folder of its own: the unpacked MariaDB in it is worth keeping.
    Tally tally = new Storm(Path.of("target", "storm"), plan, System.out).run();
    System.out.println(tally);
    return tally.holds();
  }

  private static boolean pool(Path folder, long seed) throws Exception {
    PoolStorm.Plan plan =
        new PoolStorm.Plan(seed == 0 ? new Random().nextLong() : seed, 1_000_000, 16);
    try (Redis redis = Redis.start(folder, LocalPorts.anyFree(), "storm")) {
      return new PoolStorm(redis.connectionString(), plan, System.out).run();
    }
  }

  /** {@code -Dbench.games} says how many in a round. */
  private static boolean games() throws Exception {
    int games = Integer.getInteger("bench.games", 500);
    GamesBench.Plan plan = new GamesBench.Plan(games, 64, 14, 7, Duration.ofSeconds(60));
    return new GamesBench(Path.of("target", "load"), plan, System.out).run();
  }

  /** {@code -Dbench.players} says how many in a round. */
  private static boolean matchmaker() throws Exception {
    int players = Integer.getInteger("bench.players", 4_000);
    MatchmakerBench.Plan plan =
        new MatchmakerBench.Plan(players, 64, 5, 5, Duration.ofMillis(40), 500, 1_600);
    return new MatchmakerBench(Path.of("target", "matchmaker"), plan, System.out).run();
  }

  /** {@code -Dbench.players} says how many of each kind. */
  private static boolean clients() throws Exception {
    int players = Integer.getInteger("bench.players", 1_000);
    return new ClientsBench(Path.of("target", "clients"), players, System.out).run();
  }

  private static boolean tellings() throws Exception {
    NotifyBench.Plan plan = new NotifyBench.Plan(400, 1_000, Duration.ofMillis(10), 3_000, 3_000);
    return new NotifyBench(Path.of("target", "notify"), plan, System.out).run();
  }

  private interface Program {
    boolean run(Path folder) throws Exception;
  }

  private static boolean inFolder(Program program) throws Exception {
    Path folder = Files.createTempDirectory(Path.of("target"), "bench");
    try {
      return program.run(folder);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
