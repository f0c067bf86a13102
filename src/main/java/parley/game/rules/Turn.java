package parley.game.rules;

/** What became of something that a player, or time, did to a session. */
public sealed interface Turn {

  /** It was legal, and this is the session after it. */
  record Accepted(GameSession session) implements Turn {}

  /** It had been done before; this is the session as it stands. */
  record Repeated(GameSession session) implements Turn {}

  /**
   * It was not done.
   *
   * @param detail what exactly is wrong, for the one who sent it
   */
  record Refused(Reason reason, String detail) implements Turn {
    public static Refused malformed(String detail) {
      return new Refused(Reason.MALFORMED, detail);
    }

    public static Refused illegal(String detail) {
      return new Refused(Reason.ILLEGAL_MOVE, detail);
    }

    public static Refused illegalSettings(String detail) {
      return new Refused(Reason.ILLEGAL_SETTINGS, detail);
    }
  }

  /** Why something was refused. */
  enum Reason {
    MALFORMED,
    ILLEGAL_MOVE,
    ILLEGAL_SETTINGS,
    MOVE_ID_REUSED,
    NOT_A_PLAYER,
    NOT_THE_CREATOR,
    NOT_INVITED,
    NOT_STARTED,
    ALREADY_STARTED,
    ALREADY_FULL,
    NOT_YOUR_TURN,
    GAME_OVER
  }
}
