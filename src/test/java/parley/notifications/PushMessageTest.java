package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import parley.platform.Json;

class PushMessageTest {

  private static final UUID PLAYER = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final UUID SESSION = UUID.fromString("00000000-0000-4000-8000-000000000003");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void google_gets_a_notification_that_replaces_the_last_one_of_the_session() {
    PushMessage message = PushMessage.of(Platform.FCMV1, push("Ada", Map.of("by", "Ada")), NOW);
    assertEquals(
        Json.read(
            """
            {"message": {
              "notification": {"title": "Your turn", "body": "Ada"},
              "data": {"by": "Ada", "id": "%1$s", "kind": "yourTurn", "sessionId": "%2$s"},
              "android": {"collapse_key": "%2$s", "ttl": "3600s", "priority": "high",
                "notification": {"tag": "%2$s"}}}}"""
                .formatted(ID, SESSION),
            JsonNode.class),
        Json.read(message.body(), JsonNode.class));
    assertEquals(Map.of(), message.headers());
  }

  @Test
  void google_is_not_asked_to_keep_anything_for_longer_than_it_does() {
    String body =
        PushMessage.of(Platform.FCMV1, push("Ada", null), NOW.minusSeconds(1L << 30)).body();
    assertTrue(body.contains("\"ttl\":\"2419200s\""), body);
    body = PushMessage.of(Platform.FCMV1, push("Ada", null), NOW.plusSeconds(9_999)).body();
    assertTrue(body.contains("\"ttl\":\"0s\""), body);
  }

  @Test
  void apple_gets_an_alert_that_replaces_the_last_one_of_the_session() {
    PushMessage message = PushMessage.of(Platform.APNS, push("Ada", null), NOW);
    assertEquals(
        Json.read(
            """
            {"aps": {"alert": {"title": "Your turn", "body": "Ada"}, "sound": "default",
                "thread-id": "%2$s"},
              "id": "%1$s", "kind": "yourTurn", "sessionId": "%2$s"}"""
                .formatted(ID, SESSION),
            JsonNode.class),
        Json.read(message.body(), JsonNode.class));
    assertEquals(
        Map.of(
            "apns-push-type",
            "alert",
            "apns-priority",
            "10",
            "apns-collapse-id",
            SESSION.toString(),
            "apns-expiration",
            Long.toString(NOW.plusSeconds(3600).getEpochSecond())),
        message.headers());
  }

  @Test
  void the_longest_texts_fit_in_any_script() {
    Push push =
        new Push(PLAYER, ID, SESSION, "yourTurn", "字".repeat(200), "字".repeat(500), NOW, null);
    for (Platform platform : Platform.values()) {
      String body = PushMessage.of(platform, push, NOW).body();
      assertTrue(body.getBytes(StandardCharsets.UTF_8).length <= 4096, body);
    }
  }

  @Test
  void what_is_too_long_is_named() {
    assertEquals(
        "the body of a push has 1 to 500 characters, got 501",
        assertThrows(IllegalArgumentException.class, () -> push("x".repeat(501), null))
            .getMessage());
    Push large = push("Ada", Map.of("more", "x".repeat(5_000)));
    for (Platform platform : Platform.values()) {
      assertTrue(
          assertThrows(IllegalArgumentException.class, () -> PushMessage.of(platform, large, NOW))
              .getMessage()
              .startsWith("a push has at most 4096 bytes, got "));
    }
  }

  @Test
  void a_push_can_be_written_down_and_read_again() {
    Push push = push("Ada", Map.of("by", "Ada"));
    assertEquals(push, Json.read(Json.write(push), Push.class));
  }

  private static Push push(String body, Map<String, String> data) {
    return new Push(
        PLAYER, ID, SESSION, "yourTurn", "Your turn", body, NOW.plusSeconds(3600), data);
  }
}
