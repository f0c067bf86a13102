package parley.game;

import parley.game.rules.Turn.Refused;
import parley.platform.Problem;

/** What the rules refuse, as problems. */
final class Refusals {
  private Refusals() {}

  static Problem problem(Refused refused) {
    String detail = refused.detail();
    return switch (refused.reason()) {
      case MALFORMED -> Problem.malformed(detail);
      case ILLEGAL_MOVE -> new Problem("illegal-move", "That is not allowed.", 422, detail);
      case ILLEGAL_SETTINGS ->
          new Problem("illegal-settings", "The game cannot be played so.", 422, detail);
      case MOVE_ID_REUSED ->
          new Problem("move-id-reused", "This move was sent before as another.", 422, detail);
      case NOT_A_PLAYER, NOT_THE_CREATOR, NOT_INVITED -> Problem.forbidden(detail);
      case NOT_STARTED -> new Problem("not-started", "Nobody has joined yet.", 409, detail);
      case ALREADY_STARTED ->
          new Problem("already-started", "The game has begun already.", 409, detail);
      case ALREADY_FULL -> new Problem("already-full", "Both seats are taken.", 409, detail);
      case NOT_YOUR_TURN -> new Problem("not-your-turn", "It is not your turn.", 409, detail);
      case GAME_OVER -> new Problem("game-over", "The game is over.", 409, detail);
    };
  }
}
