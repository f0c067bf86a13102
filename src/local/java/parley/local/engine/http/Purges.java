package parley.local.engine.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.store.InstanceQuery;
import parley.local.engine.turn.Instance;

/** Forgets instances that have finished: 200 and how many, 404 if there is none. */
final class Purges {

  private static final int AT_ONCE = 100;

  private final TaskHub hub;

  Purges(TaskHub hub) {
    this.hub = hub;
  }

  /** 412 for an instance that has not finished. */
  void one(Context http) throws InterruptedException {
    String id = http.pathParam("id");
    Optional<Instance> found = hub.find(id);
    if (found.isPresent() && !found.get().finished()) {
      String message =
          "Only orchestrations in a terminal state can be purged, but the orchestration with"
              + " instance ID %s has status %s";
      Refusals.answer(http, 412, String.format(message, id, StatusJson.name(found.get().status())));
      return;
    }
    answer(http, hub.purge(id).join());
  }

  /** 400 without a {@code createdTimeFrom}. */
  void many(Context http) {
    Optional<Instant> from = Parameters.time(http, "createdTimeFrom");
    if (from.isEmpty()) {
      Refusals.answer(http, 400, "Please provide value for 'createdTimeFrom' parameter.");
      return;
    }
    Instant to = Parameters.time(http, "createdTimeTo").orElse(null);
    InstanceQuery which =
        new InstanceQuery(Parameters.statuses(http), from.get(), to, null, null, AT_ONCE);
    answer(http, hub.purge(which).join());
  }

  private static void answer(Context http, int deleted) {
    if (deleted == 0) {
      http.status(404);
    } else {
      Payloads.answer(http, Payloads.object().put("instancesDeleted", deleted));
    }
  }
}
