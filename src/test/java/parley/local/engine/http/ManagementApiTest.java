package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.engine.ScriptedWorker;
import parley.local.engine.TestEngine;

class ManagementApiTest {

  private static final String KEY = "k+y/=";
  private static final String CODE = "?code=k%2By%2F%3D";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScriptedWorker worker = new ScriptedWorker();
  private TestEngine hub;
  private Javalin server;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    server =
        Javalin.create(config -> hub.engine().management(KEY).routes(config.routes))
            .start("127.0.0.1", 0);
    worker
        .orchestrator(
            "Wait",
            ctx -> {
              ctx.setCustomStatus(Map.of("turn", 1));
              return ctx.waitForExternalEvent("go", Integer.class).await();
            })
        .orchestrator(
            "Fail",
            ctx -> {
              throw new IllegalStateException("lost");
            });
  }

  @AfterEach
  void close() {
    server.stop();
    hub.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.port() + "/runtime/webhooks/durabletask/" + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(to(path).header("x-functions-key", KEY));
  }

  private int raise(String path, String type, String body) throws Exception {
    return send(to(path)
            .header("x-functions-key", KEY)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElseThrow());
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void without_the_system_key_there_is_no_answer() throws Exception {
    String id = hub.start("Wait", null);

    assertEquals(401, send(to("instances/" + id)).statusCode());
    assertEquals(401, send(to("instances/" + id + "?code=wrong")).statusCode());
    assertEquals(
        401, send(to("instances/" + id).header("x-functions-key", KEY + "x")).statusCode());
    assertEquals(202, send(to("instances/" + id + CODE)).statusCode());
    assertEquals(202, get("instances/" + id).statusCode());
  }

  @Test
  void a_running_instance_says_where_to_ask_again() throws Exception {
    hub.start("Wait", "in", "game-1");
    hub.client().waitForInstanceStart("game-1", TestEngine.PATIENCE);

    HttpResponse<String> response = get("instances/game-1");

    assertEquals(202, response.statusCode());
    assertEquals("5", response.headers().firstValue("Retry-After").orElseThrow());
    URI location = URI.create(response.headers().firstValue("Location").orElseThrow());
    assertEquals(202, send(HttpRequest.newBuilder(location)).statusCode());
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"name":"Wait","instanceId":"game-1","runtimeStatus":"Running","input":"in",
                "customStatus":{"turn":1},"output":null,"createdTime":"2026-01-01T12:00:00Z",
                "lastUpdatedTime":"2026-01-01T12:00:00Z"}"""),
        json(response));
    assertTrue(json(get("instances/game-1?showInput=false")).get("input").isNull());
  }

  @Test
  void an_event_is_raised_or_the_status_says_why_not() throws Exception {
    String id = hub.start("Wait", null);
    String path = "instances/" + id + "/raiseEvent/go";

    assertEquals(404, raise("instances/nobody/raiseEvent/go", "application/json", "7"));
    assertEquals(400, raise(path, "application/json", "{not json"));
    assertEquals(400, raise(path, "application/json", "7 8"));
    assertEquals(400, raise(path, "text/plain", "7"));
    assertEquals(202, raise(path, "application/json; charset=utf-8", "7"));
    hub.finished(id);
    assertEquals(410, raise(path, "application/json", "7"));

    HttpResponse<String> end = get("instances/" + id);
    assertEquals(200, end.statusCode());
    assertEquals(7, json(end).get("output").asInt());
  }

  @Test
  void a_failed_instance_is_200_or_500_as_is_asked_for() throws Exception {
    String id = hub.start("Fail", null);
    hub.finished(id);

    HttpResponse<String> response = get("instances/" + id);

    assertEquals(200, response.statusCode());
    assertEquals("Failed", json(response).get("runtimeStatus").asText());
    assertTrue(json(response).get("output").asText().endsWith("IllegalStateException: lost"));
    assertEquals(
        500, get("instances/" + id + "?returnInternalServerErrorOnFailure=true").statusCode());
  }

  @Test
  void an_unknown_instance_is_404() throws Exception {
    assertEquals(404, get("instances/nobody").statusCode());
  }
}
