package parley.local.engine.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.store.Reply;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.NewInstance;

/**
 * Starts instances, and starts them over: 202 with the URLs of the instance. With a {@code timeout}
 * and a {@code pollingInterval}, in seconds, it waits first: 200 with the output if the instance
 * has completed by then.
 */
final class Starts {

  /** Azure's load balancer gives up a request after so long. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(230);

  private final TaskHub hub;
  private final Statuses statuses;
  private final Links links;

  Starts(TaskHub hub, Statuses statuses, Links links) {
    this.hub = hub;
    this.statuses = statuses;
    this.links = links;
  }

  /** 400 if there is no such function, or the body is not JSON; 409 if the id is in use. */
  void start(Context http) throws InterruptedException {
    String input;
    try {
      input = Payloads.json(http);
    } catch (JsonProcessingException e) {
      Refusals.answer(http, 400, "Invalid JSON content: " + e.getOriginalMessage());
      return;
    }
    String given = http.pathParamMap().get("id");
    String id = given == null ? newId() : given;
    String version = http.queryParam("version");
    NewInstance start = new NewInstance(id, http.pathParam("function"), version, input, null, null);
    Reply reply = hub.start(start).join();
    if (reply instanceof Reply.Refused) {
      Refusals.operation(http, reply);
    } else {
      answer(http, id);
    }
  }

  /**
   * Starts an instance over, by default under a new id: 400 if it is unknown, 500 if it is to keep
   * its id and has not finished.
   */
  void restart(Context http) throws InterruptedException {
    String before = http.pathParam("id");
    String id = Parameters.flag(http, "restartWithNewInstanceId", true) ? newId() : before;
    if (hub.restart(before, id).join() instanceof Reply.Refused refused) {
      if (refused.reason() == Reply.Reason.MISSING) {
        Refusals.answer(http, 400, "InstanceId does not match a valid orchestration instance.");
      } else {
        Refusals.answer(http, 500, refused.message());
      }
    } else {
      answer(http, id);
    }
  }

  private static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  private void answer(Context http, String id) throws InterruptedException {
    Optional<Duration> timeout = Parameters.seconds(http, "timeout");
    Optional<Duration> interval = Parameters.seconds(http, "pollingInterval");
    if (timeout.isEmpty() || interval.isEmpty()) {
      links.answer(http, id);
    } else if (interval.get().compareTo(timeout.get()) > 0) {
      Refusals.answer(http, 400, "Total timeout should be bigger than the polling interval");
    } else {
      long millis = Math.min(timeout.get().toMillis(), LONGEST_WAIT.toMillis());
      CompletableFuture<Void> finished = hub.finished(id);
      http.future(
          () ->
              finished
                  .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                  .thenRunAsync(() -> answerWhatThereIs(http, id)));
    }
  }

  private void answerWhatThereIs(Context http, String id) {
    try {
      Optional<Instance> found = hub.find(id);
      if (found.isEmpty() || !found.get().finished()) {
        links.answer(http, id);
      } else if (found.get().status() == OrchestrationStatus.ORCHESTRATION_STATUS_COMPLETED) {
        Payloads.answer(http.status(200), Payloads.told(found.get().output()));
      } else {
        statuses.answer(http, found.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException("interrupted while answering", e);
    }
  }
}
