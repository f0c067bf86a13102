package parley.bench.load;

/**
 * Somebody makes a move, and somebody else is told of it. It is over when both is known: that the
 * move was acknowledged, and that the other one's socket has brought the message.
 */
final class Turn implements Visit {

  private final Turns turns;
  private long due;
  private Game game;
  private boolean goesOn;
  private long answeredAt;
  private long toldAt;

  Turn(Turns turns) {
    this.turns = turns;
  }

  @Override
  public void comes(long nanos) {
    due = nanos;
  }

  @Override
  public Request request() {
    game = turns.begin(this);
    return game.first();
  }

  @Override
  public synchronized long next(Talk.Answer answer) {
    answeredAt = System.nanoTime();
    goesOn = game.next(answer) != null;
    settle();
    return OVER;
  }

  /** The message has come. */
  synchronized void told(long nanos) {
    toldAt = nanos;
    settle();
  }

  private void settle() {
    if (answeredAt != 0 && toldAt != 0) {
      turns.end(this);
    }
  }

  Game game() {
    return game;
  }

  /** Whether the game has not come to its end with this move. */
  boolean goesOn() {
    return goesOn;
  }

  /** Nanoseconds from when the request should have been sent until it was answered. */
  long answered() {
    return answeredAt - due;
  }

  /** Nanoseconds from when the request should have been sent until the message was there. */
  long told() {
    return toldAt - due;
  }
}
