package parley.bench.load;

import java.util.Map;

/** Two players start a game, play it, and start the next one, until the time is over. */
final class Pair implements Talk {

  private final Player one;
  private final Player other;
  private final int bucket;
  private final Map<String, Player> everybody;
  private final Game.Moves moves;
  private final long end;
  private Talk now;
  private Game game;

  /**
   * @param bucket the turn's seconds, which nobody else asks for
   * @param end of {@link System#nanoTime}: no game is started after it
   */
  Pair(
      Player one,
      Player other,
      int bucket,
      Map<String, Player> everybody,
      Game.Moves moves,
      long end) {
    this.one = one;
    this.other = other;
    this.bucket = bucket;
    this.everybody = everybody;
    this.moves = moves;
    this.end = end;
  }

  @Override
  public Request first() {
    game = null;
    now = new Start(one, other, bucket, everybody, begun -> game = begun.tell(moves));
    return now.first();
  }

  @Override
  public Request next(Answer answer) {
    Request next = now.next(answer);
    if (next != null) {
      return next;
    }
    if (now != game) {
      now = game;
      return game.first();
    }
    return System.nanoTime() < end ? first() : null;
  }
}
