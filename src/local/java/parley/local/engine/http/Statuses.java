package parley.local.engine.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.store.InstanceQuery;
import parley.local.engine.store.Page;
import parley.local.engine.turn.Instance;

/** Tells how instances are doing. */
final class Statuses {

  private static final String TOKEN = "x-ms-continuation-token";
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final TaskHub hub;
  private final SystemKey key;

  Statuses(TaskHub hub, SystemKey key) {
    this.hub = hub;
    this.key = key;
  }

  /** 404 unknown; 202 while it runs, with where and when to ask again; 200, or 500, at its end. */
  void one(Context http) throws InterruptedException {
    Optional<Instance> found = hub.find(http.pathParam("id"));
    if (found.isEmpty()) {
      http.status(404);
      return;
    }
    if (!found.get().finished()) {
      http.header("Location", key.urlOf(http)).header("Retry-After", "5");
    }
    answer(http, found.get());
  }

  /** The status of an instance, with what else the request asks about it. */
  void answer(Context http, Instance instance) throws InterruptedException {
    ObjectNode json = StatusJson.of(instance, Parameters.flag(http, "showInput", true));
    if (Parameters.flag(http, "showHistory", false) && instance.played()) {
      List<HistoryEvent> history = hub.history(instance.id());
      boolean showOutput = Parameters.flag(http, "showHistoryOutput", false);
      json.set("historyEvents", HistoryJson.of(history, showOutput));
    }
    Payloads.answer(http.status(status(http, instance)), json);
  }

  private static int status(Context http, Instance instance) {
    if (!instance.finished()) {
      return 202;
    }
    return instance.failed() && Parameters.flag(http, "returnInternalServerErrorOnFailure", false)
        ? 500
        : 200;
  }

  /** 200 and a page of instances, by id; 400 if the continuation token is not one. */
  void list(Context http) throws InterruptedException {
    String after;
    try {
      after = fromToken(http.header(TOKEN));
    } catch (IllegalArgumentException e) {
      Refusals.answer(http, 400, "The header " + TOKEN + " holds no continuation token");
      return;
    }
    int top = Parameters.number(http, "top").filter(number -> number > 0).orElse(PAGE);
    Page page =
        hub.query(
            new InstanceQuery(
                Parameters.statuses(http),
                Parameters.time(http, "createdTimeFrom").orElse(null),
                Parameters.time(http, "createdTimeTo").orElse(null),
                http.queryParam("instanceIdPrefix"),
                after,
                Math.min(top, LARGEST_PAGE)));
    ArrayNode instances = Payloads.array();
    boolean showInput = Parameters.flag(http, "showInput", true);
    page.instances().forEach(instance -> instances.add(StatusJson.of(instance, showInput)));
    Payloads.answer(http.header(TOKEN, page.next().map(Statuses::toToken).orElse("")), instances);
  }

  // An id may hold what a header must not.

  private static String toToken(String id) {
    return Base64.getUrlEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String fromToken(String token) {
    return token == null || token.isEmpty()
        ? null
        : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
  }
}
