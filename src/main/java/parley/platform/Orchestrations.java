package parley.platform;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts orchestrations and wakes them. No call throws: what it should have brought about is
 * committed already, and a sweep makes good what was lost here.
 */
public final class Orchestrations implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Orchestrations.class.getName());

  private final LatestOnly wakes = new LatestOnly("wakes");

  private final DurableCalls calls;

  public Orchestrations(DurableCalls calls) {
    this.calls = calls;
  }

  /** Starts an instance, unless one with this id is running. */
  public void start(DurableClientContext context, String orchestrator, String id, Object input) {
    attempt(
        context,
        "start " + orchestrator + " " + id,
        client -> start(client, orchestrator, id, input));
  }

  /**
   * Raises an event at an instance soon, or starts one where there is none; one that has finished
   * is left alone. Returns before that is done: of several that are asked for in a short time, only
   * that of the highest version is raised. So this is for events that say no more than which
   * version was reached.
   */
  public void wake(
      DurableClientContext context,
      String orchestrator,
      String id,
      Object input,
      String event,
      Object payload,
      long version) {
    String what = "raise " + event + " at " + id;
    boolean taken =
        wakes.submit(
            id,
            version,
            () ->
                attempt(
                    context,
                    what,
                    client -> raise(client, orchestrator, id, input, event, payload)));
    if (!taken) {
      LOG.log(Level.WARNING, "too many wait, left to the sweep: {0}", what);
    }
  }

  private static void raise(
      DurableTaskClient client,
      String orchestrator,
      String id,
      Object input,
      String event,
      Object payload) {
    try {
      client.raiseEvent(id, event, Json.tree(payload));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNKNOWN) {
        throw e;
      }
      // Whoever joins a session may be faster than its creator, who starts it.
      OrchestrationMetadata instance = client.getInstanceMetadata(id, false);
      if (instance == null || !instance.isInstanceFound()) {
        start(client, orchestrator, id, input);
      } else if (!instance.isCompleted()) {
        throw e;
      }
    }
  }

  /** Raises an event at an instance, if it runs. */
  public void raise(DurableClientContext context, String id, String event, Object payload) {
    attempt(
        context,
        "raise " + event + " at " + id,
        client -> {
          try {
            client.raiseEvent(id, event, Json.tree(payload));
          } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNKNOWN || isRunning(client, id)) {
              throw e;
            }
          }
        });
  }

  private static boolean isRunning(DurableTaskClient client, String id) {
    OrchestrationMetadata instance = client.getInstanceMetadata(id, false);
    return instance != null && instance.isInstanceFound() && !instance.isCompleted();
  }

  /**
   * Raises an event, or starts the instance where there is none that could take it.
   *
   * @return false if Durable Functions does not answer, so that others need not be tried now
   */
  public boolean raiseOrStart(
      DurableClientContext context,
      String orchestrator,
      String id,
      Object input,
      String event,
      Object payload) {
    return attempt(
        context,
        "wake " + id,
        client -> {
          if (isRunning(client, id)) {
            client.raiseEvent(id, event, Json.tree(payload));
          } else {
            start(client, orchestrator, id, input);
          }
        });
  }

  @Override
  public void close() {
    wakes.close();
  }

  private static void start(
      DurableTaskClient client, String orchestrator, String id, Object input) {
    try {
      client.scheduleNewOrchestrationInstance(
          orchestrator,
          new NewOrchestrationInstanceOptions().setInstanceId(id).setInput(Json.tree(input)));
    } catch (StatusRuntimeException e) {
      // It runs, and so does what was to be started.
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  /** Returns whether it was answered, well or ill. */
  private boolean attempt(
      DurableClientContext context, String what, Consumer<DurableTaskClient> call) {
    try {
      calls.call(
          context,
          client -> {
            call.accept(client);
            return null;
          });
      return true;
    } catch (DurableCalls.NoAnswerException e) {
      LOG.log(Level.WARNING, "no answer in time, left to the sweep: {0}", what);
      return false;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "failed, left to the sweep: {0}: {1}", new Object[] {what, e});
      return true;
    }
  }
}
