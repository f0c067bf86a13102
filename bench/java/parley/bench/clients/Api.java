package parley.bench.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import parley.platform.Json;

/** The app's HTTP as its players use it, and the notification hub's list. */
final class Api {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String app;
  private final String hub;

  Api(int app, int hub) {
    this.app = "http://127.0.0.1:" + app;
    this.hub = "http://127.0.0.1:" + hub;
  }

  Person signIn(Kind kind) {
    JsonNode player =
        send(
            "POST",
            "/api/players",
            "",
            "{\"deviceId\":\"%s\",\"name\":\"Ada\"}".formatted(UUID.randomUUID()));
    return new Person(kind, player.path("playerId").asText(), player.path("token").asText());
  }

  /** Gives the player a device. */
  void register(Person person) {
    send(
        "PUT",
        "/api/players/me/devices/" + person.phone(),
        person.token(),
        "{\"platform\":\"fcmv1\",\"token\":\"token-of-%s\"}".formatted(person.id()));
  }

  /** Where the player's client connects, with its token. */
  URI negotiate(Person person) {
    JsonNode info = send("POST", "/api/negotiate", person.token(), "", "x-player-id", person.id());
    return URI.create(
        info.path("url").asText() + "&access_token=" + info.path("accessToken").asText());
  }

  /** One player opens a game, and the other joins it; the session as it begins. */
  JsonNode start(Person one, Person other) {
    String wish =
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"}}".formatted(UUID.randomUUID());
    send("POST", "/api/sessions", one.token(), wish);
    return send("POST", "/api/sessions", other.token(), wish);
  }

  void move(Person person, String sessionId, int cell) {
    send(
        "POST",
        "/api/sessions/" + sessionId + "/turns",
        person.token(),
        "{\"moveId\":\"%s\",\"move\":{\"cell\":%d}}".formatted(UUID.randomUUID(), cell));
  }

  void received(Person person, String notification) {
    send("POST", "/api/notifications/" + notification + "/received", person.token(), "");
  }

  JsonNode inbox(Person person) {
    return send("GET", "/api/notifications", person.token(), "").path("notifications");
  }

  /** The pushes after that number, oldest first, a thousand at most. */
  JsonNode pushes(long after) {
    return answer(
        HttpRequest.newBuilder(URI.create(hub + "/notificationhub?after=" + after)).build());
  }

  private JsonNode send(String method, String path, String token, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(app + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return answer(request.build());
  }

  private JsonNode answer(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (!List.of(200, 201, 204).contains(response.statusCode())) {
        throw new IllegalStateException(
            "%s %s was answered with %d %s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    response.statusCode(),
                    response.body()));
      }
      return Json.read(response.body().isEmpty() ? "{}" : response.body(), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri().getPath(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
