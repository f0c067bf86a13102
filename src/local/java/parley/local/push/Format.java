package parley.local.push;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose notifications there are: what the REST API calls them, and their devices' platform. */
enum Format {
  FCMV1("fcmv1", "fcmv1"),
  APPLE("apple", "apns");

  /** The value of ServiceBusNotification-Format, in small letters. */
  final String header;

  final String platform;

  Format(String header, String platform) {
    this.header = header;
    this.platform = platform;
  }

  static Optional<Format> ofHeader(String header) {
    String wanted = header == null ? "" : header.toLowerCase(Locale.ROOT);
    return Stream.of(values()).filter(format -> format.header.equals(wanted)).findFirst();
  }

  static Optional<Format> ofPlatform(String platform) {
    return Stream.of(values()).filter(format -> format.platform.equals(platform)).findFirst();
  }
}
