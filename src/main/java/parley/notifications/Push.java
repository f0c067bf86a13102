package parley.notifications;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What is to appear on a player's devices.
 *
 * @param notificationId a game that has seen it shows it no more
 * @param sessionId a later push of the same session takes the place of this one
 * @param kind such as {@code yourTurn}
 * @param title of at most 200 characters
 * @param body of at most 500 characters
 * @param expiresAt when it is too late to show it
 * @param data more for the game, beside {@code id}, {@code kind} and {@code sessionId}
 */
public record Push(
    UUID playerId,
    UUID notificationId,
    UUID sessionId,
    String kind,
    String title,
    String body,
    Instant expiresAt,
    Map<String, String> data) {

  public Push {
    require(title, "title", 200);
    require(body, "body", 500);
    data = data == null ? Map.of() : Map.copyOf(data);
  }

  /** All that goes to the game, by name. */
  Map<String, String> allData() {
    Map<String, String> all = new TreeMap<>(data);
    all.put("id", notificationId.toString());
    all.put("kind", kind);
    all.put("sessionId", sessionId.toString());
    return all;
  }

  private static void require(String text, String name, int most) {
    if (text == null || text.isBlank() || text.length() > most) {
      throw new IllegalArgumentException(
          "the %s of a push has 1 to %d characters, got %s"
              .formatted(name, most, text == null ? "none" : text.length()));
    }
  }
}
