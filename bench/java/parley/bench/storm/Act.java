package parley.bench.storm;

/**
 * Something that somebody does to one game, by a request or by an event.
 *
 * @param moveId the id of a move or of giving up; null for the rest
 * @param cell the JSON of the cell that a move names; null for a move without one
 * @param code the invite code that is shown when joining, or null
 * @param raised whether it is an event at the management API, which vouches for the player
 */
record Act(Kind kind, String player, String moveId, String cell, String code, boolean raised) {

  /** What there is to do. */
  enum Kind {
    START,
    JOIN,
    MOVE,
    FORFEIT,
    CANCEL,
    LOOK,
    HISTORY
  }

  static Act start(String player) {
    return new Act(Kind.START, player, null, null, null, false);
  }

  static Act join(String player, String code) {
    return new Act(Kind.JOIN, player, null, null, code, false);
  }

  static Act move(String player, String moveId, String cell) {
    return new Act(Kind.MOVE, player, moveId, cell, null, false);
  }

  static Act forfeit(String player, String moveId) {
    return new Act(Kind.FORFEIT, player, moveId, null, null, false);
  }

  static Act cancel(String player) {
    return new Act(Kind.CANCEL, player, null, null, null, false);
  }

  static Act look(String player) {
    return new Act(Kind.LOOK, player, null, null, null, false);
  }

  static Act history(String player) {
    return new Act(Kind.HISTORY, player, null, null, null, false);
  }

  /** The same, as an event. */
  Act asEvent() {
    return new Act(kind, player, moveId, cell, code, true);
  }

  /** Whether both would put the same into the game, whichever way they came. */
  boolean makesTheSameAs(Act other) {
    return kind == other.kind
        && player.equals(other.player)
        && (moveId == null ? other.moveId == null : moveId.equals(other.moveId))
        && (cell == null ? other.cell == null : cell.equals(other.cell));
  }
}
