package parley.local.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import parley.local.eventhubs.sas.Tokens;
import parley.platform.Json;

/** A notification hub {@code parley}, and requests to it as anybody could make them. */
final class TestPushServer implements AutoCloseable {

  static final String KEY = "a key of the tests";
  static final String KEY_NAME = "DefaultFullSharedAccessSignature";

  /** A notification that Google takes. */
  static final String GOOGLE =
      """
      {"message": {"notification": {"title": "Your turn", "body": "Ada has moved"},
        "data": {"id": "1", "kind": "yourTurn"},
        "android": {"collapse_key": "game", "ttl": "60s", "priority": "high"}}}""";

  /** A notification that Apple takes. */
  static final String APPLE =
      """
      {"aps": {"alert": {"title": "Your turn", "body": "Ada has moved"}, "thread-id": "game"},
        "id": "1"}""";

  final PushServer server;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Clock clock;

  TestPushServer(Path file, Clock clock) throws IOException {
    this.clock = clock;
    server = PushServer.start(new PushServer.Options(0, file, "parley", KEY, clock));
  }

  String token(String path) {
    return token(KEY, KEY_NAME, path, 3600);
  }

  String token(String key, String keyName, String path, long seconds) {
    String audience = "http://127.0.0.1:" + server.port() + "/" + path;
    return Tokens.of(key, keyName, audience, clock.instant().plusSeconds(seconds));
  }

  HttpResponse<String> put(String id, String platform, String channel, String tags)
      throws Exception {
    String body =
        "{\"installationId\":\"%s\",\"platform\":\"%s\",\"pushChannel\":\"%s\",\"tags\":[%s]}"
            .formatted(id, platform, channel, tags);
    return request("PUT", "/parley/installations/" + id + "?api-version=2020-06", body);
  }

  HttpResponse<String> send(String format, String tags, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        builder("POST", "/parley/messages/?api-version=2020-06", body)
            .setHeader("Content-Type", "application/json;charset=utf-8")
            .setHeader("ServiceBusNotification-Format", format)
            .setHeader("ServiceBusNotification-Tags", tags);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> request(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request = builder(method, path, body);
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  JsonNode list(String query) throws Exception {
    URI uri = URI.create(server.listUrl() + query);
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return Json.read(response.body(), JsonNode.class);
  }

  @Override
  public void close() {
    server.close();
  }

  private HttpRequest.Builder builder(String method, String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .header("Authorization", token("parley"))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }
}
