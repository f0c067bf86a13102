package parley.local.engine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.store.Reply;
import parley.local.engine.turn.Instance;

/**
 * What can be done to an instance: 202 when it is done, 404 for an unknown instance, 410 for a
 * finished one.
 */
final class Operations {

  private final TaskHub hub;

  Operations(TaskHub hub) {
    this.hub = hub;
  }

  /** 400 if the body is not JSON. */
  void raise(Context http) throws InterruptedException {
    String id = http.pathParam("id");
    Optional<Instance> instance = hub.find(id);
    if (instance.isEmpty() || instance.get().finished()) { // says so whatever the body is
      http.status(instance.isEmpty() ? 404 : 410);
      return;
    }
    String type = http.contentType();
    if (type == null || !type.split(";")[0].trim().equalsIgnoreCase("application/json")) {
      Refusals.answer(http, 400, "Only application/json request content is supported");
      return;
    }
    String input;
    try {
      input = Payloads.json(http);
    } catch (JsonProcessingException e) {
      Refusals.answer(http, 400, "Invalid JSON content: " + e.getOriginalMessage());
      return;
    }
    answer(http, hub.raise(id, http.pathParam("name"), input));
  }

  /** The reason becomes the output of the instance, as the text that it is. */
  void terminate(Context http) {
    answer(http, hub.terminate(http.pathParam("id"), http.queryParam("reason")));
  }

  /** 500 if it is suspended already. */
  void suspend(Context http) {
    answer(http, hub.suspend(http.pathParam("id")));
  }

  /** 500 if it is not suspended. */
  void resume(Context http) {
    answer(http, hub.resume(http.pathParam("id")));
  }

  /** 500 if it has not failed. */
  void rewind(Context http) {
    answer(http, hub.rewind(http.pathParam("id")));
  }

  private static void answer(Context http, CompletableFuture<Reply> reply) {
    Refusals.operation(http, reply.join());
  }
}
