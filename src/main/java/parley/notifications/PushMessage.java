package parley.notifications;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import parley.platform.Json;

/**
 * A push as a platform takes it. What replaces what is the session's: a push that waits for a
 * device that is off is replaced on its way, one that is shown already, on the screen. So a push
 * that is sent twice is seen once.
 *
 * @param headers for the platform, which Notification Hubs hands on
 */
record PushMessage(String body, Map<String, String> headers) {

  /** What both platforms take, in bytes. */
  private static final int LIMIT = 4096;

  /** Google keeps nothing for longer. */
  private static final long LONGEST_SECONDS = Duration.ofDays(28).toSeconds();

  PushMessage {
    int size = body.getBytes(StandardCharsets.UTF_8).length;
    if (size > LIMIT) {
      throw new IllegalArgumentException("a push has at most " + LIMIT + " bytes, got " + size);
    }
  }

  static PushMessage of(Platform platform, Push push, Instant now) {
    return platform == Platform.FCMV1 ? google(push, now) : apple(push);
  }

  /** See the reference of {@code projects.messages} of FCM v1. */
  private static PushMessage google(Push push, Instant now) {
    String session = push.sessionId().toString();
    long seconds = Duration.between(now, push.expiresAt()).toSeconds();
    Map<String, Object> message =
        Map.of(
            "notification",
            Map.of("title", push.title(), "body", push.body()),
            "data",
            push.allData(),
            "android",
            Map.of(
                "collapse_key",
                session,
                "ttl",
                Math.max(0, Math.min(seconds, LONGEST_SECONDS)) + "s",
                "priority",
                "high",
                "notification",
                Map.of("tag", session)));
    return new PushMessage(Json.write(Map.of("message", message)), Map.of());
  }

  /** See Apple's "Generating a remote notification" and "Sending notification requests". */
  private static PushMessage apple(Push push) {
    String session = push.sessionId().toString();
    Map<String, Object> body = new TreeMap<>(push.allData());
    body.put(
        "aps",
        Map.of(
            "alert",
            Map.of("title", push.title(), "body", push.body()),
            "sound",
            "default",
            "thread-id",
            session));
    Map<String, String> headers =
        Map.of(
            "apns-push-type",
            "alert",
            "apns-priority",
            "10",
            "apns-collapse-id",
            session,
            "apns-expiration",
            Long.toString(push.expiresAt().getEpochSecond()));
    return new PushMessage(Json.write(body), headers);
  }
}
