package parley.bench.storm;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What must be true of a game once nobody plays any more and the orchestrations have caught up. */
final class Aftermath {

  /** Beyond a deadline, when a sweep looks whether it had its effect. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Api api;
  private final Ledger ledger;

  Aftermath(Api api, Ledger ledger) {
    this.api = api;
    this.ledger = ledger;
  }

  /** Waits until every orchestration has seen its row's version; returns those that do not. */
  List<Game> stragglers(List<Game> games, Duration patience) throws SQLException {
    long end = System.nanoTime() + patience.toNanos();
    List<Game> behind = new ArrayList<>(games);
    while (true) {
      List<Game> still = new ArrayList<>();
      for (Game game : behind) {
        if (!caughtUp(game.sessionId())) {
          still.add(game);
        }
      }
      behind = still;
      if (behind.isEmpty() || System.nanoTime() > end) {
        return behind;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private boolean caughtUp(String sessionId) throws SQLException {
    Api.Answer instance = api.instance(sessionId);
    String status = instance.body().path("runtimeStatus").textValue();
    var shown = instance.body().path("customStatus");
    boolean over = "completed".equals(shown.path("status").textValue());
    boolean fits = over ? "Completed".equals(status) : "Running".equals(status);
    return fits && shown.path("version").asLong() == ledger.version(sessionId);
  }

  /** Whether everybody was told what the model would tell, and nobody anything else or twice. */
  static Optional<Violation> told(Rows rows, Chain chain) {
    Set<Rows.Told> seen = new HashSet<>();
    for (Rows.Told told : rows.told()) {
      if (!seen.add(told)) {
        return Optional.of(new Violation("told twice", told.toString()));
      }
      Position at = chain.at(told.version());
      if (at == null || !news(at).contains(told)) {
        return Optional.of(new Violation("told what is not so", told + " at " + at));
      }
    }
    Position last = chain.at(rows.session().version());
    return news(last).stream()
        .filter(told -> !seen.contains(told))
        .findFirst()
        .map(missing -> new Violation("not told", missing.toString()));
  }

  /** Whether a sweep will look at the session when it has to, and else not. */
  static Optional<Violation> settled(Rows rows) {
    Instant wanted = rows.session().turn() == null ? null : rows.deadline().plus(GRACE);
    return Objects.equals(wanted, rows.wakeAt())
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "not settled",
                rows.session() + " wakes at " + rows.wakeAt() + " and not at " + wanted));
  }

  /** What there is to tell of a version. */
  private static Set<Rows.Told> news(Position at) {
    Snapshot now = at.shown();
    Set<Rows.Told> news = new HashSet<>();
    switch (now.status()) {
      case "matchmaking" -> tell(news, now, at.invited(), "invited");
      case "inProgress" -> {
        tell(news, now, now.turn(), "yourTurn");
        if (now.version() == 2) {
          tell(news, now, at.other(now.turn()), "gameStarted");
        }
      }
      default -> {
        switch (now.end()) {
          case "draw" -> {
            tell(news, now, now.x(), "gameDrawn");
            tell(news, now, now.o(), "gameDrawn");
          }
          case "forfeit" -> tell(news, now, now.winner(), "opponentForfeited");
          case "win", "timeout" -> {
            tell(news, now, now.winner(), "gameWon");
            tell(news, now, at.other(now.winner()), "gameLost");
          }
          default -> {
            // Who withdraws a session that nobody has joined need not be told.
          }
        }
      }
    }
    return news;
  }

  private static void tell(Set<Rows.Told> news, Snapshot now, String player, String kind) {
    if (player != null) {
      news.add(new Rows.Told(now.version(), player, kind));
    }
  }

  /** The rows of a game. */
  Rows rows(Game game) throws SQLException, IOException {
    return ledger.read(game.sessionId());
  }
}
