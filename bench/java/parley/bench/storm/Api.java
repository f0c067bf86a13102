package parley.bench.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The app's HTTP as players, and trusted servers at the management API, use it. */
final class Api {

  /** Longer than the app waits for a database that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String base;
  private final String systemKey;

  Api(int port, String systemKey, Executor senders) {
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(senders).build();
    base = "http://127.0.0.1:" + port;
    this.systemKey = systemKey;
  }

  /** Somebody who has signed in. */
  record Player(String id, String token) {}

  /**
   * An answer.
   *
   * @param status 0 if there was none
   * @param body a null node if there was none, or no JSON
   */
  record Answer(int status, JsonNode body, boolean retryAfter) {}

  /** Signs somebody in; only where nothing fails. */
  Player signIn(String name) {
    String body = "{\"deviceId\":\"%s\",\"name\":\"%s\"}".formatted(UUID.randomUUID(), name);
    Answer answer = send("POST", "/api/players", null, body).join();
    if (answer.status() != 201) {
      throw new IllegalStateException("nobody can sign in: " + answer);
    }
    return new Player(
        answer.body().path("playerId").textValue(), answer.body().path("token").textValue());
  }

  /**
   * Starts a session, again with the same key until there is an answer.
   *
   * @param key the Idempotency-Key
   */
  CompletableFuture<Answer> start(Player player, String key, String body) {
    return send("POST", "/api/sessions", player, body, "Idempotency-Key", key);
  }

  CompletableFuture<Answer> act(String sessionId, Act act, Player player) {
    if (act.raised()) {
      return raise(sessionId, act);
    }
    String session = "/api/sessions/" + sessionId;
    return switch (act.kind()) {
      case JOIN ->
          send(
              "POST",
              session + "/players",
              player,
              act.code() == null ? "{}" : "{\"code\":\"%s\"}".formatted(act.code()));
      case MOVE -> send("POST", session + "/turns", player, "{" + move(act) + "}");
      case FORFEIT ->
          send("POST", session + "/forfeit", player, "{\"moveId\":\"" + act.moveId() + "\"}");
      case CANCEL -> send("DELETE", session, player, null);
      case LOOK -> send("GET", session, player, null);
      case HISTORY -> send("GET", session + "/moves", player, null);
      case START -> throw new IllegalArgumentException("a start has a key and settings");
    };
  }

  /** Has a game's orchestration look at its row. */
  CompletableFuture<Answer> wake(String sessionId) {
    return event(sessionId, "wake", "{}");
  }

  /** What the management API says of a game's orchestration. */
  Answer instance(String sessionId) {
    return send("GET", management(sessionId, ""), null, null).join();
  }

  /** The same, with what it has gone through since it last continued as new. */
  Answer history(String sessionId) {
    return send("GET", management(sessionId, "") + "&showHistory=true", null, null).join();
  }

  /** Whether the app says of itself that it can serve. */
  boolean healthy() {
    return send("GET", "/api/health", null, null).join().status() == 200;
  }

  private CompletableFuture<Answer> raise(String sessionId, Act act) {
    String playerId = "\"playerId\":\"" + act.player() + "\"";
    return switch (act.kind()) {
      case JOIN -> event(sessionId, "addPlayer", "{" + playerId + "}");
      case MOVE -> event(sessionId, "takeTurn", "{" + playerId + "," + move(act) + "}");
      case FORFEIT ->
          event(sessionId, "forfeit", "{" + playerId + ",\"moveId\":\"" + act.moveId() + "\"}");
      default -> throw new IllegalArgumentException("there is no event for " + act);
    };
  }

  private CompletableFuture<Answer> event(String sessionId, String name, String body) {
    return send("POST", management(sessionId, "/raiseEvent/" + name), null, body);
  }

  private String management(String sessionId, String action) {
    return "/runtime/webhooks/durabletask/instances/%s%s?code=%s"
        .formatted(sessionId, action, systemKey);
  }

  private static String move(Act act) {
    String id = "\"moveId\":\"" + act.moveId() + "\"";
    return act.cell() == null ? id : id + ",\"move\":{\"cell\":" + act.cell() + "}";
  }

  private CompletableFuture<Answer> send(
      String method, String path, Player player, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (player != null) {
      request.header("Authorization", "Bearer " + player.token());
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.sendAsync(request.build(), BodyHandlers.ofString())
        .handle((response, failure) -> failure == null ? answer(response) : none());
  }

  /** A request that was not answered may have been served all the same: its sender goes on. */
  private static Answer none() {
    return new Answer(0, JSON.nullNode(), false);
  }

  private static Answer answer(HttpResponse<String> response) {
    boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
    try {
      JsonNode body = json ? JSON.readTree(response.body()) : JSON.nullNode();
      boolean retryAfter = response.headers().firstValue("Retry-After").isPresent();
      return new Answer(response.statusCode(), body, retryAfter);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer says it is JSON and is not", e);
    }
  }
}
