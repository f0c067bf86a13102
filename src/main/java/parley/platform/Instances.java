package parley.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Orchestrations whose state is the truth, so that who calls must know what became of the call:
 * each throws a {@link ProblemException}, 503, if Durable Functions does not answer.
 */
public final class Instances {

  private final DurableCalls calls;

  public Instances(DurableCalls calls) {
    this.calls = calls;
  }

  /**
   * One orchestration.
   *
   * @param running false once it has ended in whichever way
   * @param output null while it runs, or if it ended without
   */
  public record Instance(boolean running, JsonNode input, JsonNode output, Instant lastUpdated) {}

  /** What is to be started. */
  public record Start(String orchestrator, String id, Object input) {}

  /** What is to be raised. */
  public record Raise(String id, String event, Object payload) {}

  /** Starts an instance; false if one with this id is running. */
  public boolean start(DurableClientContext context, Start start) {
    return answered(() -> calls.call(context, client -> start(client, start)));
  }

  /** Starts instances; for each, false if one with this id is running. */
  public List<Boolean> startAll(DurableClientContext context, List<Start> starts) {
    List<Function<DurableTaskClient, Boolean>> all =
        starts.stream()
            .<Function<DurableTaskClient, Boolean>>map(start -> client -> start(client, start))
            .toList();
    return answered(() -> calls.callAll(context, all));
  }

  /** The instance with this id, or the last that had it. */
  public Optional<Instance> find(DurableClientContext context, String id) {
    return answered(() -> calls.call(context, client -> find(client, id)));
  }

  /** What has become of the instance with this id, or of the last that had it. */
  public Optional<OrchestrationRuntimeStatus> status(DurableClientContext context, String id) {
    return answered(() -> calls.call(context, client -> status(client, id)));
  }

  /** Ends an instance wherever it is; false if none with this id is running. */
  public boolean terminate(DurableClientContext context, String id, String reason) {
    return answered(() -> calls.call(context, client -> terminate(client, id, reason)));
  }

  /** The instances with these ids, in order. */
  public List<Optional<Instance>> findAll(DurableClientContext context, List<String> ids) {
    List<Function<DurableTaskClient, Optional<Instance>>> all =
        ids.stream()
            .<Function<DurableTaskClient, Optional<Instance>>>map(id -> client -> find(client, id))
            .toList();
    return answered(() -> calls.callAll(context, all));
  }

  /** Raises events; one for which there is no instance is dropped. */
  public void raiseAll(DurableClientContext context, List<Raise> raises) {
    List<Function<DurableTaskClient, Boolean>> all =
        raises.stream()
            .<Function<DurableTaskClient, Boolean>>map(raise -> client -> raise(client, raise))
            .toList();
    answered(() -> calls.callAll(context, all));
  }

  private static boolean start(DurableTaskClient client, Start start) {
    try {
      client.scheduleNewOrchestrationInstance(
          start.orchestrator(),
          new NewOrchestrationInstanceOptions()
              .setInstanceId(start.id())
              .setInput(Json.tree(start.input())));
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
      return false;
    }
  }

  private static Optional<Instance> find(DurableTaskClient client, String id) {
    OrchestrationMetadata found = client.getInstanceMetadata(id, true);
    if (found == null || !found.isInstanceFound()) {
      return Optional.empty();
    }
    return Optional.of(
        new Instance(
            !found.isCompleted(),
            json(found.getSerializedInput()),
            json(found.getSerializedOutput()),
            found.getLastUpdatedAt()));
  }

  private static Optional<OrchestrationRuntimeStatus> status(DurableTaskClient client, String id) {
    OrchestrationMetadata found = client.getInstanceMetadata(id, false);
    return found == null || !found.isInstanceFound()
        ? Optional.empty()
        : Optional.of(found.getRuntimeStatus());
  }

  private static boolean terminate(DurableTaskClient client, String id, String reason) {
    OrchestrationMetadata found = client.getInstanceMetadata(id, false);
    boolean running = found != null && found.isInstanceFound() && !found.isCompleted();
    if (running) {
      client.terminate(id, reason);
    }
    return running;
  }

  private static boolean raise(DurableTaskClient client, Raise raise) {
    try {
      client.raiseEvent(raise.id(), raise.event(), Json.tree(raise.payload()));
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNKNOWN) {
        throw e;
      }
      Optional<Instance> instance = find(client, raise.id());
      if (instance.isPresent() && instance.get().running()) {
        throw e;
      }
      return false;
    }
  }

  private static JsonNode json(String text) {
    return text == null || text.isEmpty() ? null : Json.read(text, JsonNode.class);
  }

  private interface Call<T> {
    T answer() throws DurableCalls.NoAnswerException;
  }

  private static <T> T answered(Call<T> call) {
    try {
      return call.answer();
    } catch (DurableCalls.NoAnswerException e) {
      throw new ProblemException(Problem.unavailable("Durable Functions"), e);
    }
  }
}
