package parley;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import parley.local.LocalHost;
import parley.local.LocalOptions;
import parley.local.LocalPorts;
import parley.local.ParleyApp;
import parley.local.TestClock;
import parley.platform.Json;

/**
 * The whole app in the local host, on the tests' database and Redis, with a clock that stands
 * still.
 */
public final class TestHost implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestClock clock;
  private final LocalHost host;

  private TestHost(LocalHost host, TestClock clock) {
    this.host = host;
    this.clock = clock;
  }

  /**
   * @param state the folder that the host keeps its durable store and its keys in
   * @param settings of these, REDIS_CONNECTION_STRING may name another Redis than the tests'
   */
  public static TestHost start(Path state, TestClock clock, Map<String, String> settings) {
    return new TestHost(run(state, clock, settings), clock);
  }

  /** With a clock that nobody can move. */
  public static TestHost inRealTime(Path state) {
    return new TestHost(run(state, Clock.systemUTC(), Map.of()), null);
  }

  private static LocalHost run(Path state, Clock clock, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("MYSQL_CONNECTION_STRING", TestDatabase.url());
    all.computeIfAbsent("REDIS_CONNECTION_STRING", redis -> TestRedis.url());
    return LocalHost.start(
        new LocalOptions(
            state,
            false,
            LocalPorts.ANY,
            clock,
            App.FUNCTIONS,
            all,
            App.defaults(),
            new ParleyApp()));
  }

  public static TestHost start(Path state) {
    return start(state, new TestClock("2026-03-01T12:00:00Z"), Map.of());
  }

  public TestClock clock() {
    return clock;
  }

  /** Moves the time of the app, its timers and its orchestrations. */
  public void advance(Duration duration) {
    clock.advance(duration);
    host.clockMoved();
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
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.httpPort() + path))
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
      throw new AssertionError(method + " " + path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** As an operator or a game server, who has the function key. */
  public Answer operate(String method, String path, String body) {
    return send(method, path, null, body, "x-functions-key", host.functionKey());
  }

  /** Raises an event at an orchestration, as a trusted server may. */
  public Answer raise(String instanceId, String event, String payload) {
    return send("POST", management(instanceId, "/raiseEvent/" + event), null, payload);
  }

  /** Ends an orchestration from outside, and waits until it has ended. */
  public void terminate(String instanceId) {
    DurableTaskClient client = new DurableTaskGrpcClientBuilder().port(host.durablePort()).build();
    try (client) {
      client.terminate(instanceId, null);
    }
    await(() -> instance(instanceId), answer -> "Terminated".equals(answer.text("runtimeStatus")));
  }

  /** What the management API says of an orchestration. */
  public Answer instance(String instanceId) {
    return send("GET", management(instanceId, ""), null, null);
  }

  /** Asks again until the answer is as wanted; fails after some seconds, showing the last one. */
  public Answer await(java.util.function.Supplier<Answer> question, Predicate<Answer> wanted) {
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

  public LocalHost host() {
    return host;
  }

  @Override
  public void close() {
    host.close();
  }

  private String management(String instanceId, String action) {
    return "/runtime/webhooks/durabletask/instances/%s%s?code=%s"
        .formatted(instanceId, action, host.systemKey());
  }
}
