package parley.matchmaking;

import java.time.Instant;
import java.util.UUID;

/**
 * A player's request for a match, and what its orchestration begins with; the instance id is the
 * player's.
 *
 * @param ticketId made by RequestMatch, or {@code partition:sequence number} of a bare event
 * @param name the player's
 * @param bucket what the partners must have in common
 * @param seats of a session that is made for it
 * @param queuedAt since when the player waits
 * @param timeoutSeconds how long the player waits
 * @param rememberSeconds how long it must be known afterwards that this ticket has ended
 */
record MatchRequest(
    UUID playerId,
    String ticketId,
    String name,
    String bucket,
    int seats,
    Instant queuedAt,
    long timeoutSeconds,
    long rememberSeconds) {

  Instant deadline() {
    return queuedAt.plusSeconds(timeoutSeconds);
  }
}
