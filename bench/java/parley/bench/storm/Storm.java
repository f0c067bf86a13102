package parley.bench.storm;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Players without sense or manners play the whole app, while it is killed and its database taken
 * away; then everything that was answered and everything that is left is held against the model.
 */
public final class Storm {

  private static final int SENDERS = 8;

  /**
   * How many requests may be under way for each game: together far more than the app has
   * connections, and few enough for it to answer each in time.
   */
  private static final int REQUESTS = 2;

  /** One in so many games is one of a crowd's. */
  private static final int CROWDS = 12;

  private static final List<Long> TURN_SECONDS = List.of(60L, 86_400L, 86_400L);

  private final Path folder;
  private final Plan plan;
  private final PrintStream out;
  private final Outages away;
  private final List<Violation> violations = new ArrayList<>();
  private final List<Game> games = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore slots;

  /**
   * @param folder for the app's state; what is in it is lost
   */
  public Storm(Path folder, Plan plan, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
    away = new Outages(plan.healing());
    slots = new Semaphore(REQUESTS * plan.atOnce(), true);
  }

  /** Runs it and judges; prints the seed, what was done, and what was wrong. */
  public Tally run() throws Exception {
    out.println("seed " + plan.seed());
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS, Storm::daemon);
    ExecutorService tables = Executors.newFixedThreadPool(plan.atOnce(), Storm::daemon);
    try (AppProcess app = new AppProcess(folder, plan.apart())) {
      Api api = new Api(app.http(), app.systemKey(), senders);
      List<Future<?>> played = deal(api, tables);
      long began = System.nanoTime();
      Supplier<List<Game>> begun = () -> new ArrayList<>(games);
      Healing healing = new Healing(api, begun, app.database(), plan.healing(), out);
      Faults faults = new Faults(app, away, healing, violations, new Random(plan.seed()), out);
      strike(faults, played);
      for (Future<?> game : played) {
        game.get();
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
      try (Ledger ledger = new Ledger(app.database())) {
        Judgement judgement = new Judgement(api, ledger, away, violations, plan.seed(), out);
        return judgement.of(begun.get(), faults, seconds);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("with the seed " + plan.seed(), e);
    } finally {
      tables.shutdownNow();
      senders.shutdownNow();
    }
  }

  /** Has all games played, so many at once; most by two alone, some by a crowd that meets. */
  private List<Future<?>> deal(Api api, ExecutorService tables) {
    List<Api.Player> players = new ArrayList<>();
    for (int i = 0; i < plan.atOnce() * 3; i++) {
      players.add(api.signIn("Player " + i));
    }
    List<Future<?>> played = new ArrayList<>();
    // Not the numbers themselves: seeds that lie together make the same first choices.
    SplittableRandom seeds = new SplittableRandom(plan.seed());
    for (int number = 0; number < plan.games(); ) {
      Random random = new Random(seeds.nextLong());
      int first = number;
      int together = Math.min(2 + random.nextInt(3), plan.games() - number);
      boolean crowd = random.nextInt(CROWDS) == 0 && together > 1;
      List<Api.Player> some = some(players, crowd ? 2 * together : 3, random);
      long turnSeconds = TURN_SECONDS.get(random.nextInt(TURN_SECONDS.size()));
      played.add(
          tables.submit(
              () -> {
                if (crowd) {
                  Crowd met = new Crowd(api, slots, some, turnSeconds, random);
                  met.meet(first).forEach(game -> play(api, game, random));
                } else {
                  play(api, new Game(first, some, turnSeconds), random);
                }
              }));
      number += crowd ? together : 1;
    }
    return played;
  }

  private void play(Api api, Game game, Random random) {
    games.add(game);
    new Script(api, slots, game, random).run();
  }

  /** Spreads the faults over the games; when all kills are done, the rest is played in peace. */
  private void strike(Faults faults, List<Future<?>> played) throws Exception {
    List<Trouble> outages = plan.outages();
    boolean over = false;
    for (int struck = 0; struck < outages.size() || faults.kills() < plan.kills(); ) {
      if (faults.kills() < plan.kills()) {
        faults.kill(plan.longestLife());
      }
      for (; struck < plan.outagesUntil(faults.kills()); struck++) {
        faults.strike(outages.get(struck), plan.outage());
      }
      if (!over && played.stream().allMatch(Future::isDone)) {
        over = true;
        out.println("all games were over after " + faults.kills() + " kills");
      }
    }
  }

  /** So many of them, each another one. */
  private static List<Api.Player> some(List<Api.Player> players, int many, Random random) {
    List<Api.Player> shuffled = new ArrayList<>(players);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, many);
  }

  /** If the storm itself fails, its players must not go on. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "storm");
    thread.setDaemon(true);
    return thread;
  }
}
