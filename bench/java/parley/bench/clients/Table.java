package parley.bench.clients;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A game of two of a kind. Who begins moves as soon as it has been told that it is its turn, so
 * that three things are told: the turn to the first, the start to the second, and the second turn.
 */
final class Table {

  /** Things that are told of a game. */
  static final int EVENTS = 3;

  private final String sessionId;
  private final Person first;
  private final Person second;
  private final AtomicBoolean moved = new AtomicBoolean();

  Table(String sessionId, Person first, Person second) {
    this.sessionId = sessionId;
    this.first = first;
    this.second = second;
  }

  String sessionId() {
    return sessionId;
  }

  Person first() {
    return first;
  }

  Person second() {
    return second;
  }

  /** Whether whoever reads this is the one to make the move. */
  boolean takesTurn(Person person) {
    return person == first && moved.compareAndSet(false, true);
  }

  /** Whether each has been shown all that there was to tell. */
  boolean isOver() {
    return first.shown().size() + second.shown().size() >= EVENTS;
  }
}
