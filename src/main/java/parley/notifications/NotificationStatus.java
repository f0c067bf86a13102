package parley.notifications;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/** What has become of a notification. */
enum NotificationStatus {
  /** It is to be sent. */
  QUEUED("queued"),
  /** It went to the player's open connections, if there are any. */
  SENT("sent"),
  /** The player's client has said that it has shown it. */
  RECEIVED("received"),
  /** Nobody has said so in time: what was sent has expired. */
  CANCELLED("cancelled"),
  /** It went to the player's devices instead. */
  PUSHED("pushed"),
  /** It was no longer true, or the player wants none. */
  DROPPED("dropped");

  private final String text;

  NotificationStatus(String text) {
    this.text = text;
  }

  /** As it stands in the column and travels. */
  @JsonValue
  String text() {
    return text;
  }

  static NotificationStatus of(String text) {
    return List.of(values()).stream()
        .filter(status -> status.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no status of a notification: " + text));
  }
}
