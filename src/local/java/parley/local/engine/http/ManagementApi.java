package parley.local.engine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.store.Reply;
import parley.local.engine.turn.Instance;

/**
 * The management API of Durable Functions, under {@code /runtime/webhooks/durabletask}. Every
 * request carries the system key, as {@code ?code=} or as the header {@code x-functions-key}; 401
 * without it. 503 when the engine is busy.
 */
public final class ManagementApi {

  private static final String BASE = "/runtime/webhooks/durabletask";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final TaskHub hub;
  private final byte[] systemKey;
  private final String keyQuery;

  public ManagementApi(TaskHub hub, String systemKey) {
    if (systemKey.isBlank()) {
      throw new IllegalArgumentException("the system key of the management API is blank");
    }
    this.hub = hub;
    this.systemKey = systemKey.getBytes(StandardCharsets.UTF_8);
    this.keyQuery = "?code=" + URLEncoder.encode(systemKey, StandardCharsets.UTF_8);
  }

  /** Adds the routes of this API, and nothing else. */
  public void routes(RoutesConfig routes) {
    routes.before(BASE + "/*", this::authorize);
    routes.get(BASE + "/instances/{id}", this::status);
    routes.post(BASE + "/instances/{id}/raiseEvent/{name}", this::raise);
  }

  private void authorize(Context http) {
    String key =
        Optional.ofNullable(http.queryParam("code")).orElse(http.header("x-functions-key"));
    byte[] given = (key == null ? "" : key).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, systemKey)) {
      http.status(401).skipRemainingHandlers();
    }
  }

  /** 404 unknown; 202 while it runs, with where and when to ask again; 200, or 500, at its end. */
  private void status(Context http) throws InterruptedException {
    Optional<Instance> found = hub.find(http.pathParam("id"));
    if (found.isEmpty()) {
      http.status(404);
      return;
    }
    Instance instance = found.get();
    if (!instance.finished()) {
      http.status(202).header("Location", http.url() + keyQuery).header("Retry-After", "5");
    } else if (instance.failed() && flag(http, "returnInternalServerErrorOnFailure", false)) {
      http.status(500);
    } else {
      http.status(200);
    }
    http.contentType("application/json")
        .result(StatusJson.of(instance, flag(http, "showInput", true)).toString());
  }

  /** 202 raised; 404 unknown; 410 finished; 400 if the body is not JSON. */
  private void raise(Context http) {
    String type = http.contentType();
    if (type == null || !type.split(";")[0].trim().equalsIgnoreCase("application/json")) {
      http.status(400).result("Only application/json request content is supported");
      return;
    }
    String body = http.body();
    try {
      JSON.readTree(body);
    } catch (JsonProcessingException e) {
      http.status(400).result("Invalid JSON content: " + e.getOriginalMessage());
      return;
    }
    String input = body.isBlank() ? null : body;
    answer(http, () -> hub.raise(http.pathParam("id"), http.pathParam("name"), input));
  }

  private static void answer(Context http, Request request) {
    try {
      Reply reply = request.send().join();
      if (reply instanceof Reply.Refused refused) {
        http.status(status(refused.reason())).result(refused.message());
      } else {
        http.status(202);
      }
    } catch (RejectedExecutionException busy) {
      http.status(503).header("Retry-After", "1").result(busy.getMessage());
    }
  }

  private static int status(Reply.Reason reason) {
    return switch (reason) {
      case INVALID -> 400;
      case MISSING -> 404;
      case EXISTS -> 409;
      case FINISHED -> 410;
      case ALREADY_SUSPENDED, NOT_SUSPENDED, NOT_FAILED -> 500; // as the extension answers
    };
  }

  private static boolean flag(Context http, String name, boolean otherwise) {
    String value = http.queryParam(name);
    return value == null ? otherwise : value.equalsIgnoreCase("true");
  }

  private interface Request {
    CompletableFuture<Reply> send();
  }
}
