package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import parley.local.engine.ScriptedWorker;
import parley.local.engine.TestEngine;

/** An engine with some orchestrators, and its management API on a port. */
abstract class ApiTest {

  static final String KEY = "k+y/=";
  static final String CODE = "code=k%2By%2F%3D";

  final ScriptedWorker worker = new ScriptedWorker();
  private final HttpClient http = HttpClient.newHttpClient();
  private Javalin server;
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
    server =
        Javalin.create(
                config -> {
                  config.router.caseInsensitiveRoutes = true;
                  hub.engine().management(KEY).routes(config.routes);
                })
            .start("127.0.0.1", 0);
    worker
        .orchestrator("Echo", ctx -> ctx.getInput(String.class))
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

  TestEngine hub() {
    return hub;
  }

  /** Starts an instance and waits for its first turn. */
  void running(String id) throws Exception {
    hub.start("Wait", "in", id);
    hub.client().waitForInstanceStart(id, TestEngine.PATIENCE);
  }

  /** Starts an instance and waits for its end. */
  void ended(String id, String orchestrator) throws Exception {
    hub.start(orchestrator, "in", id);
    hub.finished(id);
  }

  /** Ends an instance from outside. */
  void terminated(String id) throws Exception {
    running(id);
    hub.client().terminate(id, null);
    assertEquals(OrchestrationRuntimeStatus.TERMINATED, hub.status(id));
  }

  String base() {
    return "http://127.0.0.1:" + server.port() + "/runtime/webhooks/durabletask/";
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(base() + path));
  }

  HttpRequest.Builder withKey(String path) {
    return to(path).header("x-functions-key", KEY);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(withKey(path));
  }

  HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(withKey(path).POST(BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return post(path, "application/json", BodyPublishers.ofString(json));
  }

  HttpResponse<String> post(String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(withKey(path).header("Content-Type", type).POST(body));
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send(withKey(path).DELETE());
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    assertEquals("application/json", header(response, "Content-Type"));
    return json(response.body());
  }

  static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }
}
