package parley.local.signalr.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A URL of this service, as the tokens for it name it. It may call this machine by each of its
 * names. The port may be left out, because the server SDKs do so where the connection string has it
 * by itself; the query of a REST request counts for nothing, because some of them name it and some
 * do not.
 */
public final class Audience {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final int port;
  private final List<String> path;
  private final Optional<String> hub;

  private Audience(int port, List<String> path, Optional<String> hub) {
    this.port = port;
    this.path = path;
    this.hub = hub;
  }

  /** That of the clients of a hub: {@code http://localhost:8888/client/?hub=chat}. */
  public static Audience ofClients(int port, String hub) {
    return new Audience(port, List.of("client"), Optional.of(hub));
  }

  /**
   * That of a request to the REST API.
   *
   * @param path as it stands in the request
   */
  public static Audience ofRequest(int port, String path) {
    return new Audience(port, segments(path), Optional.empty());
  }

  boolean matches(String audience) {
    try {
      URI uri = new URI(audience);
      return "http".equals(uri.getScheme())
          && THIS_MACHINE.contains(String.valueOf(uri.getHost()))
          && (uri.getPort() == -1 || uri.getPort() == port)
          && segments(uri.getRawPath()).equals(path)
          && (hub.isEmpty() || hasHub(uri.getRawQuery()));
    } catch (URISyntaxException | IllegalArgumentException noUrl) {
      return false;
    }
  }

  private boolean hasHub(String query) {
    // Nothing else may stand there: the clients' URL has no other parameter of the server's.
    return query != null
        && query.startsWith("hub=")
        && decoded(query.substring("hub=".length())).equalsIgnoreCase(hub.orElseThrow());
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/"))
        .filter(segment -> !segment.isEmpty())
        .map(Audience::decoded)
        .toList();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** As a server would write it. */
  @Override
  public String toString() {
    String url = "http://localhost:%d/%s".formatted(port, String.join("/", path));
    return hub.map(name -> url + "/?hub=" + name).orElse(url);
  }
}
