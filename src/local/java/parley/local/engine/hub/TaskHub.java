package parley.local.engine.hub;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_PENDING;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import parley.local.engine.run.Worker;
import parley.local.engine.store.InstanceQuery;
import parley.local.engine.store.Lifecycle;
import parley.local.engine.store.Reply;
import parley.local.engine.store.Store;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.InstanceIds;
import parley.local.engine.turn.NewInstance;

/**
 * What clients may ask of the engine, whatever they speak. A future completes when what was asked
 * for is durable, on a thread that must not be held up.
 *
 * <p>Every request may throw {@link RejectedExecutionException}: too much is waiting already.
 */
public final class TaskHub {

  private final Store store;
  private final Worker worker;
  private final Clock clock;
  private final Waiters waiters;
  private final IntSupplier backlog;
  private final int mostBacklog;

  /**
   * @param backlog how many turns and activities are waiting to be run
   * @param mostBacklog how many may be before nothing more is begun
   */
  public TaskHub(
      Store store,
      Worker worker,
      Clock clock,
      Waiters waiters,
      IntSupplier backlog,
      int mostBacklog) {
    this.store = store;
    this.worker = worker;
    this.clock = clock;
    this.waiters = waiters;
    this.backlog = backlog;
    this.mostBacklog = mostBacklog;
  }

  public CompletableFuture<Reply> start(NewInstance start) {
    Optional<String> problem = InstanceIds.problem(start.id());
    if (problem.isEmpty() && !worker.hasOrchestrator(start.name())) {
      problem = Optional.of("there is no orchestrator named '" + start.name() + "'");
    }
    if (problem.isPresent()) {
      return CompletableFuture.completedFuture(Reply.refused(Reply.Reason.INVALID, problem.get()));
    }
    refuseWhenBusy();
    return store.offer(Lifecycle.start(start, clock.instant()));
  }

  /** Raises an event; {@code input} is JSON text, or null for none. */
  public CompletableFuture<Reply> raise(String id, String name, String input) {
    refuseWhenBusy();
    return store.offer(Lifecycle.raise(id, name, input));
  }

  public CompletableFuture<Reply> terminate(String id, String output) {
    return store.offer(Lifecycle.terminate(id, output, clock.instant()));
  }

  public CompletableFuture<Reply> suspend(String id) {
    return store.offer(Lifecycle.suspend(id, clock.instant()));
  }

  public CompletableFuture<Reply> resume(String id) {
    return store.offer(Lifecycle.resume(id, clock.instant()));
  }

  /** Forgets an instance that has finished; completes with how many were forgotten. */
  public CompletableFuture<Integer> purge(String id) {
    return store.offer(Lifecycle.purge(id));
  }

  public Optional<Instance> find(String id) throws InterruptedException {
    return store.read(reader -> reader.instance(id));
  }

  /** One page of what is asked for. */
  public Page query(InstanceQuery query) throws InterruptedException {
    List<Instance> found = store.read(reader -> reader.instances(query, query.limit() + 1));
    if (found.size() <= query.limit()) {
      return new Page(found, Optional.empty());
    }
    List<Instance> page = found.subList(0, query.limit());
    return new Page(page, Optional.of(page.get(page.size() - 1).id()));
  }

  /** Waits until the instance is there and has started. */
  public CompletableFuture<Void> started(String id) throws InterruptedException {
    return reached(id, status -> status != ORCHESTRATION_STATUS_PENDING);
  }

  /** Waits until the instance is there and has finished. */
  public CompletableFuture<Void> finished(String id) throws InterruptedException {
    return reached(id, Instance::finished);
  }

  private CompletableFuture<Void> reached(String id, Predicate<OrchestrationStatus> wanted)
      throws InterruptedException {
    CompletableFuture<Void> reached = waiters.await(id, wanted);
    // Only now that nothing can be missed, look whether it has been reached before.
    if (find(id).filter(instance -> wanted.test(instance.status())).isPresent()) {
      reached.complete(null);
    }
    return reached;
  }

  private void refuseWhenBusy() {
    int waiting = backlog.getAsInt();
    if (waiting >= mostBacklog) {
      throw new RejectedExecutionException(
          "the durable engine is busy: " + waiting + " turns and activities are waiting");
    }
  }
}
