package parley.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import parley.platform.Json;

/**
 * The moves of many games, each game's one after the other: nobody moves before having been told of
 * the other one's move.
 */
final class Turns {

  private static final char END_OF_MESSAGE = '\u001e';

  private final Receipts receipts;
  private final Queue<Game> ready = new ConcurrentLinkedQueue<>();
  private final Map<Telling, Turn> expected = new ConcurrentHashMap<>();
  private final AtomicInteger under = new AtomicInteger();
  private final Latencies answers = new Latencies();
  private final Latencies tellings = new Latencies();
  private final Latencies afterAnswers = new Latencies();

  /** What a player is to be told. */
  private record Telling(String playerId, String sessionId, long version) {}

  Turns(Receipts receipts) {
    this.receipts = receipts;
  }

  /** A game that has begun; the one that has waited for the longest time is the next to go on. */
  void add(Game game) {
    ready.add(game.tell((sessionId, version, nanos) -> {}));
  }

  /** Takes the next game for a turn. */
  Game begin(Turn turn) {
    Game game = ready.poll();
    if (game == null) {
      throw new IllegalStateException("in every game somebody has still to be told");
    }
    under.incrementAndGet();
    expected.put(new Telling(game.waiting().id(), game.sessionId(), game.version() + 1), turn);
    return game;
  }

  /** A player's socket has brought a message. */
  void told(Player player, String message) {
    long now = System.nanoTime();
    JsonNode call = Json.read(message.replace(END_OF_MESSAGE, ' '), JsonNode.class);
    JsonNode told = call.path("arguments").path(0);
    receipts.add(player, told.path("id").textValue());
    Telling telling =
        new Telling(
            player.id(),
            told.path("sessionId").textValue(),
            told.path("session").path("version").longValue());
    Turn turn = expected.remove(telling);
    if (turn != null) {
      turn.told(now);
    }
  }

  void end(Turn turn) {
    answers.add(turn.answered());
    tellings.add(turn.told());
    afterAnswers.add(Math.max(0, turn.told() - turn.answered()));
    if (turn.goesOn()) {
      ready.add(turn.game());
    }
    under.decrementAndGet();
  }

  /** How many turns have begun and are not over. */
  int under() {
    return under.get();
  }

  /** What was measured since the last time. */
  Measured take() {
    return new Measured(answers.take(), tellings.take(), afterAnswers.take());
  }

  /**
   * What was measured, counted from when the request should have been sent.
   *
   * @param answers until a move was answered
   * @param tellings until the other player's socket had the message
   * @param afterAnswers until that, but from the answer on; 0 where it came before the answer
   */
  record Measured(Latencies answers, Latencies tellings, Latencies afterAnswers) {}
}
