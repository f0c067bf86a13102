package parley.local.signalr.binding;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import parley.local.signalr.token.AccessKey;

/**
 * Where a SignalR service is, and what opens it: {@code
 * Endpoint=https://name.service.signalr.net;AccessKey=…;Version=1.0;}, perhaps with a {@code Port}.
 *
 * @param endpoint without a slash at its end
 */
record ConnectionString(String endpoint, AccessKey key) {

  /**
   * Reads the text.
   *
   * @throws IllegalArgumentException if it is none; the message quotes nothing of it
   */
  static ConnectionString of(String text) {
    Map<String, String> parts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String part : text.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    if (parts.containsKey("AuthType")) {
      throw new IllegalArgumentException("connections by identity are not served here");
    }
    if (!parts.containsKey("Endpoint") || !parts.containsKey("AccessKey")) {
      throw new IllegalArgumentException("a connection string has an Endpoint and an AccessKey");
    }
    return new ConnectionString(endpoint(parts), new AccessKey(parts.get("AccessKey")));
  }

  private static String endpoint(Map<String, String> parts) {
    try {
      URI uri = new URI(parts.get("Endpoint"));
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.matches("https?") || uri.getHost() == null) {
        throw new IllegalArgumentException("the Endpoint is no http:// or https:// URL");
      }
      String port = parts.getOrDefault("Port", uri.getPort() < 0 ? "" : "" + uri.getPort());
      return "%s://%s%s".formatted(scheme, uri.getHost(), port.isEmpty() ? "" : ":" + port);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("the Endpoint is no URL", e);
    }
  }
}
