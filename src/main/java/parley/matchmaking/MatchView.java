package parley.matchmaking;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import parley.matchmaking.MatchmakingActivities.Outcome;

/**
 * A player's request for a match, as the player sees it.
 *
 * @param status {@code queued} (not placed yet), {@code searching}, {@code matched}, {@code
 *     timedOut} or {@code cancelled}
 * @param sessionId whom the player is grouped with; may still change while it searches
 * @param server {@code host:port}, once matched
 * @param estimatedWaitSeconds how much longer it is likely to take, judging by others; null if that
 *     is not known
 */
record MatchView(
    UUID playerId,
    String status,
    UUID sessionId,
    String server,
    double waitedSeconds,
    Double estimatedWaitSeconds,
    long timeoutSeconds) {

  static MatchView open(
      MatchRequest request,
      Optional<Tickets.Known> known,
      double waited,
      OptionalDouble remaining) {
    boolean placed = known.isPresent() && known.get().placed();
    return new MatchView(
        request.playerId(),
        placed ? "searching" : "queued",
        placed ? known.get().sessionId() : null,
        null,
        waited,
        remaining.isPresent() ? Math.round(remaining.getAsDouble() * 1000) / 1000.0 : null,
        request.timeoutSeconds());
  }

  static MatchView ended(MatchRequest request, Outcome outcome, double waited) {
    return new MatchView(
        request.playerId(),
        outcome.status(),
        outcome.sessionId(),
        outcome.server(),
        waited,
        null,
        request.timeoutSeconds());
  }

  /** Whether it may still change. */
  boolean open() {
    return status.equals("queued") || status.equals("searching");
  }
}
