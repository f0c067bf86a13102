package parley.game;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import parley.game.rules.GameRules;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Player;
import parley.game.rules.GameSession.Status;

/** A session as the API shows it to one player. */
record SessionView(
    UUID sessionId,
    String game,
    Map<String, Object> settings,
    String status,
    List<Player> players,
    String board,
    int movesLeft,
    UUID currentPlayerId,
    UUID winnerId,
    String endReason,
    Instant turnDeadline,
    String inviteCode,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * @param viewerId null for somebody who does not play
   */
  static SessionView of(GameSession session, GameRules rules, UUID viewerId) {
    Player viewer = viewerId == null ? null : session.player(viewerId).orElse(null);
    return new SessionView(
        session.sessionId(),
        session.game(),
        session.settings(),
        text(session.status()),
        session.players(),
        rules.view(session.position(), viewer == null ? null : viewer.seat()),
        session.position().movesLeft(),
        session.currentPlayerId(),
        session.winnerId(),
        text(session.endReason()),
        session.turnDeadline(),
        viewer == null ? null : session.inviteCode(),
        session.version(),
        session.createdAt(),
        session.updatedAt());
  }

  static String text(Status status) {
    return switch (status) {
      case MATCHMAKING -> "matchmaking";
      case IN_PROGRESS -> "inProgress";
      case COMPLETED -> "completed";
    };
  }

  private static String text(EndReason reason) {
    return reason == null ? null : reason.name().toLowerCase(Locale.ROOT);
  }
}
