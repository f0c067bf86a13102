package parley.local.signalr.binding;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A hub of a service, wherever that is, as a server sees it. */
final class ServiceClient {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final Duration CLIENT_TOKEN_LIFETIME = Duration.ofHours(1);
  private static final Duration REQUEST_TOKEN_LIFETIME = Duration.ofMinutes(10);

  /** One for all: it keeps connections, and the threads that serve them. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  private final ConnectionString connection;
  private final String hub;
  private final Clock clock;

  /**
   * @param clock what tokens get their time from
   */
  ServiceClient(ConnectionString connection, String hub, Clock clock) {
    this.connection = connection;
    this.hub = encoded(hub.toLowerCase(Locale.ROOT));
    this.clock = clock;
  }

  /** What a client connects to. */
  String clientUrl() {
    return "%s/client/?hub=%s".formatted(connection.endpoint(), hub);
  }

  /** What a client connects with. */
  String clientToken(Optional<String> userId) {
    return connection.key().sign(clientUrl(), userId, clock.instant(), CLIENT_TOKEN_LIFETIME);
  }

  /**
   * Makes a request to the REST API.
   *
   * @param path what follows the hub in it, encoded
   * @param body JSON, or empty
   * @throws IOException if the service does not answer, or does not accept it
   */
  void request(String method, String path, String body) throws IOException, InterruptedException {
    String url = "%s/api/v1/hubs/%s%s".formatted(connection.endpoint(), hub, path);
    String token =
        connection.key().sign(url, Optional.empty(), clock.instant(), REQUEST_TOKEN_LIFETIME);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(ANSWER_LIMIT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response;
    try {
      response = HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          "the SignalR service at %s does not answer".formatted(connection.endpoint()), e);
    }
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "the SignalR service refuses %s %s: %d %s"
              .formatted(method, url, response.statusCode(), response.body()));
    }
  }

  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
