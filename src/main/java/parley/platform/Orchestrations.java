package parley.platform;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts orchestrations and wakes them. No call throws: what it should have brought about is
 * committed already, and a sweep makes good what was lost here.
 */
public final class Orchestrations implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Orchestrations.class.getName());
  private static final long WAIT_SECONDS = 2;

  /** The blocking client has no deadline of its own, so it is waited for from outside. */
  private final ThreadPoolExecutor callers =
      new ThreadPoolExecutor(
          8,
          8,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(1_000),
          task -> {
            Thread thread = new Thread(task, "orchestrations");
            thread.setDaemon(true);
            return thread;
          });

  private final LatestOnly wakes = new LatestOnly("wakes");

  private DurableTaskClient client;

  public Orchestrations() {
    callers.allowCoreThreadTimeOut(true);
  }

  /** Starts an instance, unless one with this id is running. */
  public void start(DurableClientContext context, String orchestrator, String id, Object input) {
    attempt(
        "start " + orchestrator + " " + id, () -> start(client(context), orchestrator, id, input));
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
                    what, () -> raise(client(context), orchestrator, id, input, event, payload)));
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
        "wake " + id,
        () -> {
          DurableTaskClient client = client(context);
          OrchestrationMetadata instance = client.getInstanceMetadata(id, false);
          if (instance == null || !instance.isInstanceFound() || instance.isCompleted()) {
            start(client, orchestrator, id, input);
          } else {
            client.raiseEvent(id, event, Json.tree(payload));
          }
        });
  }

  @Override
  public void close() {
    wakes.close();
    callers.shutdownNow();
    synchronized (this) {
      if (client != null) {
        client.close();
      }
    }
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

  /** One for the process: each client that a context makes opens a channel of its own. */
  private synchronized DurableTaskClient client(DurableClientContext context) {
    if (client == null) {
      client = context.getClient();
    }
    return client;
  }

  /** Returns whether it was answered, well or ill. */
  private boolean attempt(String what, Runnable call) {
    try {
      Future<?> called = callers.submit(call);
      try {
        called.get(WAIT_SECONDS, TimeUnit.SECONDS);
        return true;
      } finally {
        // Nobody waits any longer, so nothing may hold its thread.
        called.cancel(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.log(Level.WARNING, "interrupted, left to the sweep: {0}", what);
      return false;
    } catch (ExecutionException e) {
      LOG.log(
          Level.WARNING, "failed, left to the sweep: {0}: {1}", new Object[] {what, e.getCause()});
      return !(e.getCause() instanceof StatusRuntimeException refusal)
          || refusal.getStatus().getCode() != Status.Code.UNAVAILABLE;
    } catch (TimeoutException | RejectedExecutionException e) {
      LOG.log(Level.WARNING, "no answer in time, left to the sweep: {0}", what);
      return false;
    }
  }
}
