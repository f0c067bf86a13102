package parley;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import parley.platform.Json;

/** The whole app, as its players, operators and game servers reach it. */
public abstract class TestApp implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private HttpClient http = HttpClient.newHttpClient();

  /** A request has got no answer. */
  public static final class Unanswered extends AssertionError {
    private static final long serialVersionUID = 1L;

    Unanswered(String request, IOException cause) {
      super(request + " was not answered", cause);
    }
  }

  /** Moves the time of the app, its timers and its orchestrations. */
  public abstract void advance(Duration duration);

  protected abstract int httpPort();

  protected abstract String functionKey();

  protected abstract String systemKey();

  @Override
  public abstract void close();

  /** Lets go of its connections, which are to an app that is gone. */
  protected void reconnect() {
    http = HttpClient.newHttpClient();
  }

  public TestPlayer signIn(String name) {
    String body = "{\"deviceId\":\"%s\",\"name\":\"%s\"}".formatted(UUID.randomUUID(), name);
    Answer answer = send("POST", "/api/players", null, body);
    return new TestPlayer(answer.text("playerId"), answer.text("token"));
  }

  public Answer get(String path, TestPlayer player) {
    return send("GET", path, player, null);
  }

  public Answer post(String path, TestPlayer player, String body) {
    return send("POST", path, player, body);
  }

  /**
   * @param player null for nobody
   * @param body null for none
   */
  public Answer send(
      String method, String path, TestPlayer player, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path))
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
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
      JsonNode json = isJson ? Json.read(response.body(), JsonNode.class) : null;
      return new Answer(response.statusCode(), response.headers(), json);
    } catch (IOException e) {
      throw new Unanswered(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** As an operator or a game server, who has the function key. */
  public Answer operate(String method, String path, String body) {
    return send(method, path, null, body, "x-functions-key", functionKey());
  }

  /** Raises an event at an orchestration, as a trusted server may. */
  public Answer raise(String instanceId, String event, String payload) {
    return send("POST", management(instanceId, "/raiseEvent/" + event), null, payload);
  }

  /** What the management API says of an orchestration. */
  public Answer instance(String instanceId) {
    return send("GET", management(instanceId, ""), null, null);
  }

  /** The same, with what it has gone through since it last continued as new. */
  public Answer history(String instanceId) {
    return send("GET", management(instanceId, "") + "&showHistory=true", null, null);
  }

  /** Asks again until the answer is as wanted; fails after some seconds, showing the last one. */
  public Answer await(Supplier<Answer> question, Predicate<Answer> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Answer answer = question.get();
      if (wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("still " + answer.status() + " " + answer.body());
      }
      Thread.onSpinWait();
    }
  }

  /** Waits until an orchestration has seen that version of its session. */
  public Answer awaitVersion(String sessionId, long version) {
    return await(
        () -> instance(sessionId),
        answer -> answer.status() < 300 && shown(answer).path("version").asLong() == version);
  }

  /** Waits until an orchestration has ended. */
  public Answer awaitEnd(String sessionId) {
    return await(
        () -> instance(sessionId), answer -> "Completed".equals(answer.text("runtimeStatus")));
  }

  /** The custom status of an orchestration. */
  public static JsonNode shown(Answer instance) {
    return instance.body().path("customStatus");
  }

  private String management(String instanceId, String action) {
    return "/runtime/webhooks/durabletask/instances/%s%s?code=%s"
        .formatted(instanceId, action, systemKey());
  }
}
