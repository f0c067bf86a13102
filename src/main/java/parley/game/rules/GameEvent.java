package parley.game.rules;

import java.util.UUID;

/** Something that is done to a session, whether a request brought it or an event. */
public sealed interface GameEvent {

  /**
   * A player takes the free seat.
   *
   * @param code the invite code that the player showed, or null
   * @param vouched true where a trusted server seats the player, who then needs no code
   */
  record AddPlayer(UUID playerId, String code, boolean vouched) implements GameEvent {}

  /** A player makes a move of the game. */
  record TakeTurn(Move move) implements GameEvent {}

  /** A player gives up. */
  record Forfeit(Move move) implements GameEvent {}

  /** Its creator withdraws a session that nobody has joined. */
  record Cancel(UUID playerId) implements GameEvent {}

  /** Nobody does anything: only time may have. */
  record Look() implements GameEvent {}

  /** The move that this event adds to the history, or null. */
  default Move recorded() {
    if (this instanceof TakeTurn turn) {
      return turn.move();
    }
    return this instanceof Forfeit forfeit ? forfeit.move() : null;
  }
}
