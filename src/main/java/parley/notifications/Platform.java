package parley.notifications;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.stream.Stream;

/** Through whom a device gets its pushes. */
public enum Platform {
  /** Google's Firebase Cloud Messaging, which ended its API before v1. */
  FCMV1("fcmv1", "fcmv1"),
  /** Apple's push notification service. */
  APNS("apns", "apple");

  private final String text;
  private final String format;

  Platform(String text, String format) {
    this.text = text;
    this.format = format;
  }

  /** Its name in JSON, in the database and in an installation. */
  @JsonValue
  public String text() {
    return text;
  }

  /** What Notification Hubs calls its notifications. */
  String format() {
    return format;
  }

  /**
   * The platform of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Platform of(String text) {
    return Stream.of(values())
        .filter(platform -> platform.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("platform must be fcmv1 or apns"));
  }
}
