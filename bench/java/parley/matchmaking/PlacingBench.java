package parley.matchmaking;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import parley.local.LocalPorts;
import parley.matchmaking.Tickets.Seat;
import parley.platform.Redis;
import redis.clients.jedis.RedisClient;

/** How many tickets a second get their seats, with nothing around but Redis. */
public final class PlacingBench {

  private static final int BATCH = 256;
  private static final int BUCKETS = 8;
  private static final int SEATS = 4;
  private static final int TICKETS = 160 * BATCH;
  private static final int CHECKED = 20 * BATCH;
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 2;
  private static final int MOST_THREADS = 2;
  private static final int WANTED_PER_SECOND = 20_000;

  private final PrintStream out;

  public PlacingBench(PrintStream out) {
    this.out = out;
  }

  /**
   * What a round has made.
   *
   * @param placed tickets a second, of those that had been taken before
   * @param takenAndPlaced tickets a second, each batch taken and then placed
   */
  private record Round(double placed, double takenAndPlaced) {}

  /** Runs it, with a Redis of its own in that folder; false if too few were placed. */
  public boolean run(Path folder) throws Exception {
    try (var server =
            parley.local.services.Redis.start(folder, LocalPorts.anyFree(), "bench-only");
        Redis redis = new Redis(server.connectionString());
        RedisClient operator = RedisClient.create(server.connectionString())) {
      Tickets tickets = new Tickets(redis, Clock.systemUTC());
      double best = 0;
      for (int threads = 1; threads <= MOST_THREADS; threads++) {
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < WARM_UP + ROUNDS; i++) {
          rounds.add(round(tickets, operator, threads));
        }
        rounds.subList(0, WARM_UP).clear();
        double placed = median(rounds.stream().map(Round::placed).toList());
        out.printf(
            "placing, %d thread%s: %,.0f tickets/s placed; %,.0f/s taken and placed%n",
            threads,
            threads == 1 ? "" : "s",
            placed,
            median(rounds.stream().map(Round::takenAndPlaced).toList()));
        best = Math.max(best, placed);
      }
      // Fewer of them: Redis does nothing else meanwhile, and is waited for two seconds.
      operator.flushDB();
      perSecond(MOST_THREADS, batches(CHECKED), takeAndPlace(tickets));
      List<String> wrong =
          new SessionPool(redis, Clock.systemUTC(), Duration.ofSeconds(10)).check();
      out.println("placing: the checker finds " + wrong);
      return best >= WANTED_PER_SECOND && wrong.isEmpty();
    }
  }

  private static Round round(Tickets tickets, RedisClient operator, int threads) throws Exception {
    operator.flushDB();
    double takenAndPlaced = perSecond(threads, batches(TICKETS), takeAndPlace(tickets));
    operator.flushDB();
    List<List<MatchRequest>> taken = batches(TICKETS);
    taken.forEach(tickets::takeForGood);
    return new Round(
        perSecond(threads, taken, batch -> tickets.place(seats(batch))), takenAndPlaced);
  }

  private static Step takeAndPlace(Tickets tickets) {
    return batch -> {
      tickets.takeForGood(batch);
      tickets.place(seats(batch));
    };
  }

  private static List<List<MatchRequest>> batches(int tickets) {
    List<List<MatchRequest>> batches = new ArrayList<>();
    for (int i = 0; i < tickets; i++) {
      if (i % BATCH == 0) {
        batches.add(new ArrayList<>());
      }
      batches.get(i / BATCH).add(request(i));
    }
    return batches;
  }

  private static MatchRequest request(int number) {
    return new MatchRequest(
        UUID.randomUUID(),
        UUID.randomUUID().toString(),
        "Ada",
        "mode=ranked;region=r" + number % BUCKETS,
        SEATS,
        Clock.systemUTC().instant(),
        60,
        7_200);
  }

  private static List<Seat> seats(List<MatchRequest> batch) {
    return batch.stream()
        .map(request -> new Seat(request.playerId(), request.ticketId(), request.seats()))
        .toList();
  }

  private interface Step {
    void take(List<MatchRequest> batch);
  }

  private static double perSecond(int threads, List<List<MatchRequest>> batches, Step step)
      throws InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      long began = System.nanoTime();
      List<Future<?>> done = new ArrayList<>();
      for (List<MatchRequest> batch : batches) {
        done.add(workers.submit(() -> step.take(batch)));
      }
      for (Future<?> one : done) {
        one.get();
      }
      return batches.size() * BATCH / ((System.nanoTime() - began) / 1e9);
    } finally {
      workers.shutdown();
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
