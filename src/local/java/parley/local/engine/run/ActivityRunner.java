package parley.local.engine.run;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.local.engine.store.ActivityCall;
import parley.local.engine.store.ClosedException;
import parley.local.engine.store.Progress;
import parley.local.engine.store.Store;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Failures;

/**
 * Runs activities. Each is in the store until its answer is, so none is lost; one may run twice.
 */
public final class ActivityRunner implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ActivityRunner.class.getName());

  private final Store store;
  private final Worker worker;
  private final BlockingQueue<ActivityCall> queue = new LinkedBlockingQueue<>();
  private final WorkerThreads<ActivityCall> threads;

  public ActivityRunner(Store store, Worker worker, int threads) {
    this.store = store;
    this.worker = worker;
    this.threads = new WorkerThreads<>("durable-activity", threads, queue::take, this::run);
  }

  public void call(ActivityCall activity) {
    queue.add(activity);
  }

  /** Gives up what has not been begun. */
  public void forget() {
    queue.clear();
  }

  /** How many activities are waiting for a thread. */
  public int waiting() {
    return queue.size();
  }

  private void run(ActivityCall call) throws InterruptedException {
    Optional<ActivityRequest> request =
        call.request() == null
            ? store.read(reader -> reader.activity(call))
            : Optional.of(call.request());
    if (request.isPresent()) {
      run(request.get());
    }
  }

  private void run(ActivityRequest activity) throws InterruptedException {
    keep(activity, answer(activity));
  }

  /** Stores an answer, however often that takes: whoever asked waits for it. */
  private void keep(ActivityRequest activity, HistoryEvent answer) throws InterruptedException {
    store
        .put(Progress.answer(activity, answer))
        .whenComplete(
            (delivered, problem) -> {
              if (problem != null && !threads.closing()) {
                LOG.log(
                    Level.ERROR,
                    "storing the answer of the activity '"
                        + activity.getName()
                        + "' is put off for a second",
                    problem);
                CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
                    .execute(() -> keepAgain(activity, answer));
              }
            });
  }

  private void keepAgain(ActivityRequest activity, HistoryEvent answer) {
    try {
      keep(activity, answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedException e) {
      LOG.log(Level.DEBUG, "an answer is given up: the activity runs again at the next start", e);
    }
  }

  private HistoryEvent answer(ActivityRequest activity) throws InterruptedException {
    int id = activity.getTaskId();
    if (!worker.hasActivity(activity.getName())) {
      return Events.taskFailed(
          id,
          Failures.lasting(
              "ActivityNotFound", "there is no activity named '" + activity.getName() + "'"));
    }
    String result;
    try {
      result = worker.callActivity(activity);
    } catch (Throwable thrown) { // also an Error: it is the activity's, not this thread's
      threads.threw();
      return Events.taskFailed(id, Failures.of(thrown));
    }
    threads.returned();
    return Events.taskCompleted(id, result);
  }

  @Override
  public void close() {
    threads.close();
  }
}
