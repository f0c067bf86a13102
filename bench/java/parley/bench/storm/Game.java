package parley.bench.storm;

import java.util.ArrayList;
import java.util.List;

/** A game of the storm: who plays it, and everything that was said about it. */
final class Game {

  private final int number;
  private final List<Api.Player> players;
  private final long turnSeconds;
  private final List<Exchange> history = new ArrayList<>();
  private Snapshot newest;
  private String sessionId;

  /**
   * @param players the first two play; the third is a stranger
   * @param turnSeconds the time for a turn
   */
  Game(int number, List<Api.Player> players, long turnSeconds) {
    this.number = number;
    this.players = List.copyOf(players);
    this.turnSeconds = turnSeconds;
  }

  int number() {
    return number;
  }

  long turnSeconds() {
    return turnSeconds;
  }

  Api.Player player(int seat) {
    return players.get(seat);
  }

  Api.Player player(String id) {
    return players.stream().filter(player -> player.id().equals(id)).findFirst().orElseThrow();
  }

  /** Which session it is; null until an answer has told. */
  synchronized String sessionId() {
    return sessionId;
  }

  synchronized void is(String session) {
    if (sessionId != null && !sessionId.equals(session)) {
      throw new IllegalStateException(
          "two sessions for one wish: " + sessionId + " and " + session);
    }
    sessionId = session;
  }

  synchronized void add(Exchange exchange) {
    history.add(exchange);
    Snapshot shown = exchange.session();
    if (shown != null && (newest == null || shown.version() > newest.version())) {
      newest = shown;
    }
  }

  /** Whether it is known to have begun, and not to have ended. */
  synchronized boolean goesOn() {
    return sessionId != null && newest != null && !newest.over();
  }

  /** Everything that was said until now. */
  synchronized List<Exchange> history() {
    return List.copyOf(history);
  }

  /** The newest state that any answer has shown; null before there was one. */
  synchronized Snapshot newest() {
    return newest;
  }
}
