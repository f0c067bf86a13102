package parley.game.rules;

import java.util.List;
import java.util.UUID;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Player;

/** Something that a player is to be told about a session. */
public record News(UUID playerId, Kind kind) {

  /** What there is to tell. */
  public enum Kind {
    INVITED,
    GAME_STARTED,
    YOUR_TURN,
    GAME_WON,
    GAME_LOST,
    GAME_DRAWN,
    OPPONENT_FORFEITED,
    TURN_EXPIRING
  }

  /**
   * What is new in the version that a session has now. What an earlier version would have told is
   * past: who has moved since need not hear that it was his turn.
   */
  public static List<News> of(GameSession session) {
    return switch (session.status()) {
      case MATCHMAKING -> invitation(session);
      case IN_PROGRESS -> turn(session);
      case COMPLETED -> end(session);
    };
  }

  private static List<News> invitation(GameSession session) {
    UUID invited = session.invitedPlayerId();
    return invited == null ? List.of() : List.of(new News(invited, Kind.INVITED));
  }

  /** Who moves first learns by that that the game has started. */
  private static List<News> turn(GameSession session) {
    UUID current = session.currentPlayerId();
    News yourTurn = new News(current, Kind.YOUR_TURN);
    return session.untouched()
        ? List.of(yourTurn, new News(session.opponentOf(current), Kind.GAME_STARTED))
        : List.of(yourTurn);
  }

  private static List<News> end(GameSession session) {
    if (session.endReason() == EndReason.CANCELLED) {
      return List.of();
    }
    return session.players().stream()
        .filter(player -> !gaveUp(session, player))
        .map(player -> new News(player.playerId(), endKind(session, player)))
        .toList();
  }

  private static Kind endKind(GameSession session, Player player) {
    if (session.endReason() == EndReason.DRAW) {
      return Kind.GAME_DRAWN;
    }
    if (session.endReason() == EndReason.FORFEIT) {
      return Kind.OPPONENT_FORFEITED;
    }
    return player.playerId().equals(session.winnerId()) ? Kind.GAME_WON : Kind.GAME_LOST;
  }

  private static boolean gaveUp(GameSession session, Player player) {
    return session.endReason() == EndReason.FORFEIT
        && !player.playerId().equals(session.winnerId());
  }
}
