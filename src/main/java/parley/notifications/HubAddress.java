package parley.notifications;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a notification hub is, and what opens it.
 *
 * @param uri of the hub, without a slash at its end
 * @param keyName what the service knows the key by
 */
record HubAddress(URI uri, String keyName, String key) {

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  /**
   * Reads a connection string: {@code Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…}. A
   * hub on this machine may be an {@code http://} one.
   *
   * @throws IllegalArgumentException if it is none; the message says no more than that
   */
  static HubAddress of(String connectionString, String hub) {
    Map<String, String> parts = new TreeMap<>();
    for (String part : connectionString.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    String keyName = parts.getOrDefault("SharedAccessKeyName", "");
    String key = parts.getOrDefault("SharedAccessKey", "");
    URI endpoint = endpoint(parts.getOrDefault("Endpoint", ""));
    if (keyName.isEmpty() || key.isEmpty()) {
      throw unreadable();
    }
    if (!hub.matches("[A-Za-z0-9._-]{1,260}")) {
      throw new IllegalArgumentException(
          "the setting NOTIFICATIONHUB_NAME must be the name of a notification hub");
    }
    return new HubAddress(endpoint.resolve("/" + hub), keyName, key);
  }

  private static URI endpoint(String text) {
    try {
      URI uri = URI.create(text.replaceFirst("^sb:", "https:"));
      boolean safe =
          "https".equals(uri.getScheme())
              // What goes there in clear text opens the hub.
              || ("http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost()));
      if (uri.getHost() == null || !safe) {
        throw unreadable();
      }
      return uri;
    } catch (IllegalArgumentException e) {
      // Without the cause: its message may quote the value.
      throw unreadable();
    }
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "the setting NOTIFICATIONHUB_CONNECTION_STRING must be"
            + " Endpoint=sb://…;SharedAccessKeyName=…;SharedAccessKey=…");
  }

  /** Shows no key, so that none gets into a log. */
  @Override
  public String toString() {
    return "HubAddress " + uri;
  }
}
