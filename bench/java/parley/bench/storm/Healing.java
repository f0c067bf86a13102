package parley.bench.storm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether all is well again soon after an outage, without a restart: the app serves, and each
 * orchestration that was woken in the outage has seen what its row says.
 */
final class Healing {

  private static final int ROUNDS = 20;
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final Api api;
  private final Supplier<List<Game>> games;
  private final String database;
  private final Duration longest;
  private final PrintStream out;
  private final Map<Game, CompletableFuture<Api.Answer>> woken = new HashMap<>();

  /**
   * @param games those that have begun
   * @param longest how long it may take
   */
  Healing(Api api, Supplier<List<Game>> games, String database, Duration longest, PrintStream out) {
    this.api = api;
    this.games = games;
    this.database = database;
    this.longest = longest;
    this.out = out;
  }

  /**
   * Wakes each orchestration at one moment or another of an outage; returns when that is over. Each
   * has then tried to look at its row, and may be waiting to try again.
   */
  void wakeDuring(Duration outage) {
    woken.clear();
    List<Game> going = games.get().stream().filter(Game::goesOn).toList();
    for (int round = 0; round < ROUNDS; round++) {
      long end = System.nanoTime() + outage.toNanos() / ROUNDS;
      for (int i = round; i < going.size(); i += ROUNDS) {
        woken.put(going.get(i), api.wake(going.get(i).sessionId()));
      }
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
    }
  }

  /** How long each move took that was sent by a player and acknowledged since then. */
  LongSummaryStatistics acknowledgedSince(long began) {
    return games.get().stream()
        .flatMap(game -> game.history().stream())
        .filter(one -> one.act().kind() == Act.Kind.MOVE && one.status() == 200)
        .filter(one -> one.sent() >= began)
        .mapToLong(one -> TimeUnit.NANOSECONDS.toMillis(one.answered() - one.sent()))
        .summaryStatistics();
  }

  /** Waits until the database can be connected to; false if it cannot be for a minute. */
  boolean databaseIsBack() {
    return await(System.nanoTime(), STARTING, () -> Ledger.canOpen(database));
  }

  /** Looks until all is well; tells what is not in time. */
  List<Violation> after(String what) throws SQLException {
    long returned = System.nanoTime();
    boolean serves = await(returned, longest, api::healthy);
    long served = millisSince(returned);
    if (!serves) {
      return List.of(new Violation("not healed", what + ", and still not well"));
    }
    Map<Game, Long> wanted = new HashMap<>();
    try (Ledger ledger = new Ledger(database)) {
      for (Map.Entry<Game, CompletableFuture<Api.Answer>> one : woken.entrySet()) {
        // Others have no orchestration yet, or one that is over.
        if (one.getValue().join().status() == 202) {
          wanted.put(one.getKey(), ledger.version(one.getKey().sessionId()));
        }
      }
    }
    int all = wanted.size();
    await(
        returned,
        longest,
        () -> {
          wanted.entrySet().removeIf(this::hasSeen);
          return wanted.isEmpty();
        });
    out.printf(
        "%s, well again after %,d ms, %,d orchestrations after %,d ms%n",
        what, served, all - wanted.size(), millisSince(returned));
    List<Violation> behind = new ArrayList<>();
    wanted.forEach(
        (game, version) ->
            behind.add(
                new Violation(
                    "an orchestration does not go on",
                    what + ", session " + game.sessionId() + " at version " + version)));
    return behind;
  }

  /**
   * Whether an orchestration has seen a version, and what it tries succeeds again. It may have many
   * events left that were raised at it in the outage, and takes them one by one.
   */
  private boolean hasSeen(Map.Entry<Game, Long> wanted) {
    JsonNode instance = api.history(wanted.getKey().sessionId()).body();
    boolean trying = false;
    boolean succeeding = false;
    for (JsonNode event : instance.path("historyEvents")) {
      switch (event.path("EventType").textValue()) {
        case "TaskScheduled" -> trying = !succeeding;
        case "TaskFailed" -> {
          trying = true;
          succeeding = false;
        }
        case "TaskCompleted" -> {
          trying = false;
          succeeding = true;
        }
        default -> {
          // Says nothing of what it has called.
        }
      }
    }
    boolean seen = instance.path("customStatus").path("version").asLong() >= wanted.getValue();
    return "Completed".equals(instance.path("runtimeStatus").textValue()) || (seen && !trying);
  }

  private static boolean await(long began, Duration longest, BooleanSupplier wanted) {
    boolean there = wanted.getAsBoolean();
    while (!there && System.nanoTime() - began < longest.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      there = wanted.getAsBoolean();
    }
    return there;
  }

  private static long millisSince(long began) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }
}
