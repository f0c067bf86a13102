package parley.local.signalr;

import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import io.reactivex.rxjava3.core.Single;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import parley.local.signalr.hub.Times;
import parley.local.signalr.token.AccessKey;

/** A service for tests, and the published Java client to it. */
public final class TestSignalR implements AutoCloseable {

  public static final String HUB = "chat";

  static final String KEY = "the-key-of-the-tests-has-at-least-32-bytes";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private SignalRService service;

  public TestSignalR() throws IOException {
    this(Times.USUAL);
  }

  TestSignalR(Times times) throws IOException {
    service = SignalRService.start(0, KEY, Clock.systemUTC(), times);
  }

  /** Ends the service, and starts another one in its place. */
  void restart() throws IOException {
    int port = service.port();
    service.close();
    service = SignalRService.start(port, KEY, Clock.systemUTC());
  }

  public SignalRService service() {
    return service;
  }

  int port() {
    return service.port();
  }

  /** What clients of the hub connect to. */
  String url() {
    return "http://localhost:%d/client/?hub=%s".formatted(port(), HUB);
  }

  /** What a server would give to a user, or to nobody if that is null. */
  String token(String userId) {
    return token(url(), userId, Instant.now());
  }

  static String token(String audience, String userId, Instant now) {
    return new AccessKey(KEY).sign(audience, Optional.ofNullable(userId), now, HOUR);
  }

  /** The published client, not yet started. */
  HubConnection client(String userId) {
    return clientWith(token(userId));
  }

  HubConnection clientWith(String token) {
    return HubConnectionBuilder.create(url()).withAccessTokenProvider(Single.just(token)).build();
  }

  /** A request to the REST API as a server makes it. */
  HttpResponse<String> rest(String method, String path, String body) {
    String url = "http://localhost:" + port() + path;
    String audience = url.contains("?") ? url.substring(0, url.indexOf('?')) : url;
    return send(method, url, body, token(audience, null, Instant.now()));
  }

  /** Sends to those that the path says; fails if that is not accepted. */
  public void post(String path, String target, String argument) {
    HttpResponse<String> response =
        rest(
            "POST",
            "/api/v1/hubs/" + HUB + path,
            "{\"target\":\"%s\",\"arguments\":[\"%s\"]}".formatted(target, argument));
    if (response.statusCode() != 202) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
  }

  /**
   * Any request.
   *
   * @param body null for none
   * @param token null for none
   */
  HttpResponse<String> send(
      String method, String url, String body, String token, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + url + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A client without any library, on the socket of the JDK. */
  RawClient raw(String userId) {
    return new RawClient(socketUrl() + "&access_token=" + encoded(token(userId)));
  }

  String socketUrl() {
    return url().replace("http:", "ws:");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Waits until a condition holds; fails if it does not in time. */
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it has not come to that");
      }
      Thread.onSpinWait();
    }
  }

  boolean exists(String path) {
    return rest("HEAD", "/api/v1/hubs/" + HUB + path, null).statusCode() == 200;
  }

  @Override
  public void close() {
    service.close();
  }
}
