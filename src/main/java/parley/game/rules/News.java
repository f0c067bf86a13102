package parley.game.rules;

import java.util.List;
import java.util.UUID;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Player;
import parley.game.rules.GameSession.Status;

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
    OPPONENT_FORFEITED
  }

  /**
   * What is new in a session for those who last heard of it at an earlier version.
   *
   * @param before how far it had come then; null if nobody has heard of it
   */
  public static List<News> of(Status before, GameSession session) {
    return switch (session.status()) {
      case MATCHMAKING -> invitation(before, session);
      case IN_PROGRESS -> turn(before, session);
      case COMPLETED -> end(session);
    };
  }

  private static List<News> invitation(Status before, GameSession session) {
    boolean invites = before == null && session.invitedPlayerId() != null;
    return invites ? List.of(new News(session.invitedPlayerId(), Kind.INVITED)) : List.of();
  }

  /** Who moves first learns by that that the game has started. */
  private static List<News> turn(Status before, GameSession session) {
    UUID current = session.currentPlayerId();
    News yourTurn = new News(current, Kind.YOUR_TURN);
    if (before == Status.IN_PROGRESS) {
      return List.of(yourTurn);
    }
    return List.of(yourTurn, new News(session.opponentOf(current), Kind.GAME_STARTED));
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
