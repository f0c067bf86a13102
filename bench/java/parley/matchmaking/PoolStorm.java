package parley.matchmaking;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import parley.local.TestClock;
import parley.platform.Redis;

/**
 * Many threads do at random what the matchmaker does with Redis, while hand-overs get lost, leases
 * lapse and old events come again; every answer is held against a model, all of Redis against its
 * checker, and in the end nobody may wait who has partners.
 */
public final class PoolStorm {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration SERVER_LEASE = Duration.ofSeconds(300);
  private static final int CHECKS = 20;

  private final String url;
  private final Plan plan;
  private final PrintStream out;
  private final UnaryOperator<String> change;
  private final PoolCrowd crowd;
  private final Witness witness = new Witness(PoolCrowd::capacity);
  private final Court court = new Court(witness);

  /**
   * How much of it.
   *
   * @param seed decides what each thread tries; how they interleave is the machine's affair
   */
  public record Plan(long seed, int operations, int threads) {}

  /** What the storm rages on. */
  record Pools(
      Tickets tickets, SessionPool sessions, ServerPool servers, PoolStats stats, TestClock clock) {
    static Pools of(Redis redis) {
      TestClock clock = new TestClock("2026-03-01T12:00:00Z");
      return new Pools(
          new Tickets(redis, clock),
          new SessionPool(redis, clock, LEASE),
          new ServerPool(redis, clock, SERVER_LEASE, LEASE.multipliedBy(2)),
          new PoolStats(redis, clock),
          clock);
    }
  }

  /**
   * @param url of a Redis that is empty
   */
  public PoolStorm(String url, Plan plan, PrintStream out) {
    this(url, plan, out, UnaryOperator.identity());
  }

  /**
   * @param change made to the text of each script
   */
  PoolStorm(String url, Plan plan, PrintStream out, UnaryOperator<String> change) {
    this.url = url;
    this.plan = plan;
    this.out = out;
    this.change = change;
    crowd = new PoolCrowd(new Random(plan.seed()));
  }

  /** Runs it; prints the seed, what was done and what was wrong. False if anything was. */
  public boolean run() throws Exception {
    out.println("seed " + plan.seed());
    long began = System.nanoTime();
    try (RecordingRedis redis = new RecordingRedis(url, court, change)) {
      Pools pools = Pools.of(redis);
      rage(redis, pools);
      double seconds = (System.nanoTime() - began) / 1e9;
      if (court.holds()) {
        new PoolCalm(pools, crowd, court).settle();
      }
      out.printf(
          "operations %,d on %d threads in %.1f s, %,.0f/s; scripts %,d%n",
          plan.operations(), plan.threads(), seconds, plan.operations() / seconds, court.heard());
    }
    out.printf("matches %,d, told again %,d times%n", witness.matches(), witness.again());
    List<String> wrong = court.wrong();
    out.println("wrong " + wrong.size());
    wrong.forEach(out::println);
    return wrong.isEmpty();
  }

  private void rage(RecordingRedis redis, Pools pools) throws Exception {
    pools.servers().add(crowd.allServers(ServerPool.State.FREE));
    ExecutorService threads = Executors.newFixedThreadPool(plan.threads());
    try {
      // Not the numbers themselves: seeds that lie together make the same first choices.
      SplittableRandom seeds = new SplittableRandom(plan.seed());
      List<Future<?>> acting = new ArrayList<>();
      for (int i = 0; i < plan.threads(); i++) {
        PoolActor actor = new PoolActor(redis, pools, crowd, new Random(seeds.nextLong()));
        int share = (plan.operations() + i) / plan.threads();
        boolean checks = i == 0;
        acting.add(threads.submit(() -> act(actor, share, checks ? pools.sessions() : null)));
      }
      for (Future<?> actor : acting) {
        actor.get();
      }
    } finally {
      threads.shutdownNow();
      threads.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  /**
   * @param checked what is checked now and then; null if it is another's to do
   */
  private void act(PoolActor actor, int share, SessionPool checked) {
    try {
      for (int i = 1; i <= share && court.holds(); i++) {
        actor.act();
        if (checked != null && i % Math.max(1, share / CHECKS) == 0) {
          checked.check();
        }
      }
    } catch (RuntimeException e) {
      court.accuse(e + " (" + e.getCause() + ")");
    }
  }
}
