package parley.notifications;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * One thing that one player is to be told once.
 *
 * @param id derived from all the rest, so that the same thing has the same id
 * @param version the session's, when it happened
 * @param kind such as {@code yourTurn}
 */
public record Notification(UUID id, UUID playerId, UUID sessionId, long version, String kind) {

  public static Notification of(UUID playerId, UUID sessionId, long version, String kind) {
    String name = sessionId + "/" + version + "/" + playerId + "/" + kind;
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new Notification(id, playerId, sessionId, version, kind);
  }
}
