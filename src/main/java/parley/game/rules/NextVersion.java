package parley.game.rules;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import parley.game.rules.GameRules.Position;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Player;
import parley.game.rules.GameSession.Status;

/** The next version of a session in the making: what is not said here stays as it was. */
final class NextVersion {
  private final GameSession before;
  private final Instant now;
  private Status status;
  private List<Player> players;
  private Position position;
  private UUID currentPlayerId;
  private UUID winnerId;
  private EndReason endReason;
  private Instant turnDeadline;

  NextVersion(GameSession before, Instant now) {
    this.before = before;
    this.now = now;
    status = before.status();
    players = before.players();
    position = before.position();
  }

  NextVersion players(List<Player> seated) {
    players = seated;
    return this;
  }

  NextVersion position(Position after) {
    position = after;
    return this;
  }

  /** Somebody moves next, and has the time for a turn from now on. */
  NextVersion turnOf(UUID playerId) {
    status = Status.IN_PROGRESS;
    currentPlayerId = playerId;
    turnDeadline = now.plus(TurnTime.of(before.settings()));
    return this;
  }

  /** Nobody moves any more. */
  NextVersion end(EndReason reason, UUID winner) {
    status = Status.COMPLETED;
    endReason = reason;
    winnerId = winner;
    return this;
  }

  GameSession done() {
    return new GameSession(
        before.sessionId(),
        before.game(),
        before.settings(),
        status,
        players,
        position,
        currentPlayerId,
        winnerId,
        endReason,
        turnDeadline,
        before.invitedPlayerId(),
        before.inviteCode(),
        before.version() + 1,
        before.createdAt(),
        now);
  }
}
