package parley.local.engine.hub;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_PENDING;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
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
import parley.local.engine.store.Page;
import parley.local.engine.store.Purge;
import parley.local.engine.store.Reply;
import parley.local.engine.store.Rewinding;
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
  private final Intake intake;

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
    this.intake = new Intake(backlog, mostBacklog);
  }

  public CompletableFuture<Reply> start(NewInstance start) {
    Optional<String> problem = InstanceIds.problem(start.id());
    if (problem.isEmpty() && !worker.hasOrchestrator(start.name())) {
      problem = Optional.of("there is no orchestrator named '" + start.name() + "'");
    }
    if (problem.isPresent()) {
      return CompletableFuture.completedFuture(Reply.refused(Reply.Reason.INVALID, problem.get()));
    }
    return intake.take(start.input(), () -> store.offer(Lifecycle.start(start, clock.instant())));
  }

  /** Raises an event; {@code input} is JSON text, or null for none. */
  public CompletableFuture<Reply> raise(String id, String name, String input) {
    return intake.take(input, () -> store.offer(Lifecycle.raise(id, name, input)));
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

  /** Takes a failed instance back to where it can still come to another end. */
  public CompletableFuture<Reply> rewind(String id) {
    return intake.take(null, () -> store.offer(new Rewinding(id, clock.instant())));
  }

  /**
   * Starts the orchestration of an instance anew on its present input, which for an eternal one is
   * that of its last generation.
   *
   * @param newId the id to start under, which may be the same if that instance has finished
   */
  public CompletableFuture<Reply> restart(String id, String newId) {
    return intake.take(null, () -> store.offer(Lifecycle.restart(id, newId, clock.instant())));
  }

  /** Forgets an instance that has finished; completes with how many were forgotten. */
  public CompletableFuture<Integer> purge(String id) {
    return store.offer(Purge.one(id));
  }

  /**
   * Forgets those of the asked-for instances that have finished, in steps of as many as the query's
   * limit; completes with how many were forgotten. Whoever has no more time cancels the future:
   * then no further step is begun, and what has been forgotten stays so.
   */
  public CompletableFuture<Integer> purge(InstanceQuery which) {
    CompletableFuture<Integer> all = new CompletableFuture<>();
    purge(which, 0, all);
    return all;
  }

  private void purge(InstanceQuery rest, int before, CompletableFuture<Integer> all) {
    if (all.isDone()) {
      return;
    }
    try {
      store
          .offer(Purge.step(rest))
          .whenComplete(
              (step, problem) -> {
                if (problem != null) {
                  all.completeExceptionally(problem);
                } else if (step.next().isEmpty()) {
                  all.complete(before + step.purged());
                } else {
                  purge(rest.from(step.next().get()), before + step.purged(), all);
                }
              });
    } catch (RejectedExecutionException busy) {
      all.completeExceptionally(busy);
    }
  }

  /** Forgets everything, also what runs. The hub is as new then, and open. */
  public CompletableFuture<Void> wipe() {
    return store.offer(Purge.everything());
  }

  public Optional<Instance> find(String id) throws InterruptedException {
    return store.read(reader -> reader.instance(id));
  }

  /** What an instance has played since it last began anew; empty if it is not there. */
  public List<HistoryEvent> history(String id) throws InterruptedException {
    return store.read(
        reader -> {
          Optional<Instance> instance = reader.instance(id);
          return instance.isPresent() ? reader.history(instance.get().execution()) : List.of();
        });
  }

  /** One page of what is asked for; of large instances it holds fewer than were asked for. */
  public Page query(InstanceQuery query) throws InterruptedException {
    return store.read(reader -> reader.page(query));
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
    try {
      if (find(id).filter(instance -> wanted.test(instance.status())).isPresent()) {
        reached.complete(null);
      }
      return reached;
    } catch (RuntimeException | InterruptedException e) {
      reached.cancel(false); // whoever is told of this waits no longer
      throw e;
    }
  }
}
