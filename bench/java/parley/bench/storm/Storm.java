package parley.bench.storm;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Players without sense or manners play the whole app, while it is killed and its database taken
 * away; then everything that was answered and everything that is left is held against the model.
 */
public final class Storm {

  private static final int SENDERS = 8;

  /** Far more than the app has connections, and few enough for it to answer each in time. */
  private static final int AT_ONCE = 64;

  private static final List<Long> TURN_SECONDS = List.of(60L, 86_400L, 86_400L);

  private final Path folder;
  private final Plan plan;
  private final PrintStream out;
  private final Outages outages = new Outages();

  /**
   * What to do.
   *
   * @param seed of all chances
   * @param atOnce how many games are played at the same time
   * @param kills how often the app is killed
   * @param longestLife how long it serves at most before it is killed
   * @param outage how long the database is away, each time; zero for never
   */
  public record Plan(
      long seed, int games, int atOnce, int kills, Duration longestLife, Duration outage) {}

  /**
   * @param folder for the app's state; what is in it is lost
   */
  public Storm(Path folder, Plan plan, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
  }

  /** Runs it and judges; prints the seed, what was done, and what was wrong. */
  public Tally run() throws Exception {
    out.println("seed " + plan.seed());
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS, Storm::daemon);
    ExecutorService tables = Executors.newFixedThreadPool(plan.atOnce(), Storm::daemon);
    try (AppProcess app = new AppProcess(folder)) {
      Api api = new Api(app.http(), app.systemKey(), senders);
      List<Api.Player> players = new ArrayList<>();
      for (int i = 0; i < plan.atOnce() * 3; i++) {
        players.add(api.signIn("Player " + i));
      }
      List<Game> games = new ArrayList<>();
      Semaphore slots = new Semaphore(AT_ONCE);
      List<Future<?>> played = new ArrayList<>();
      for (int number = 0; number < plan.games(); number++) {
        Random random = new Random(plan.seed() * 1_000_003 + number);
        Game game = new Game(number, three(players, random), turnSeconds(random));
        games.add(game);
        played.add(tables.submit(() -> new Script(api, slots, game, random).run()));
      }
      long began = System.nanoTime();
      Faults faults = new Faults(app, api, outages, new Random(plan.seed()), out);
      strike(faults, played);
      for (Future<?> game : played) {
        game.get();
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      try (Ledger ledger = new Ledger(app.database())) {
        Judgement judgement = new Judgement(api, ledger, outages, plan.seed(), out);
        return judgement.of(games, faults, seconds);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("with the seed " + plan.seed(), e);
    } finally {
      tables.shutdownNow();
      senders.shutdownNow();
    }
  }

  /** Spreads the faults over the games; when all kills are done, the rest is played in peace. */
  private void strike(Faults faults, List<Future<?>> played) throws Exception {
    for (int kill = 0; kill < plan.kills(); kill++) {
      faults.kill(plan.longestLife());
      boolean third = kill == plan.kills() / 3;
      boolean half = kill == plan.kills() / 2;
      boolean last = kill == plan.kills() - 1;
      if (!plan.outage().isZero() && half) {
        faults.freeze(plan.outage());
      } else if (!plan.outage().isZero() && (third || last)) {
        faults.endDatabase(third);
      }
      if (played.stream().allMatch(Future::isDone)) {
        out.println("all games were over after " + (kill + 1) + " kills");
      }
    }
  }

  private static List<Api.Player> three(List<Api.Player> players, Random random) {
    int first = random.nextInt(players.size());
    int size = players.size();
    int second = first + 1 + random.nextInt(size / 2 - 1);
    int third = second + 1 + random.nextInt(size / 2 - 1);
    return List.of(players.get(first), players.get(second % size), players.get(third % size));
  }

  /** If the storm itself fails, its players must not go on. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "storm");
    thread.setDaemon(true);
    return thread;
  }

  private static long turnSeconds(Random random) {
    return TURN_SECONDS.get(random.nextInt(TURN_SECONDS.size()));
  }
}
