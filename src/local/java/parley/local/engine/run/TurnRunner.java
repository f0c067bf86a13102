package parley.local.engine.run;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import parley.local.engine.store.Inbox;
import parley.local.engine.store.Lifecycle;
import parley.local.engine.store.PlayedTurn;
import parley.local.engine.store.Reader;
import parley.local.engine.store.Store;
import parley.local.engine.store.UnreadableException;
import parley.local.engine.turn.Failures;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.Outcome;
import parley.local.engine.turn.Turn;

/** Plays the turns of the instances that are ready: many at once, those of an instance in line. */
public final class TurnRunner implements AutoCloseable {

  private static final Logger LOG = System.getLogger(TurnRunner.class.getName());
  private static final int MOST_EVENTS_IN_A_TURN = 1_000;
  private static final long CACHED_BYTES = 16 << 20;

  private final Store store;
  private final Worker worker;
  private final Clock clock;
  private final ReadyQueue ready = new ReadyQueue();
  private final HistoryCache histories = new HistoryCache(CACHED_BYTES);
  private final WorkerThreads<String> threads;

  public TurnRunner(Store store, Worker worker, Clock clock, int threads) {
    this.store = store;
    this.worker = worker;
    this.clock = clock;
    this.threads = new WorkerThreads<>("durable-turn", threads, ready::take, this::turn);
  }

  public void ready(String instance) {
    ready.ready(instance);
  }

  /** How many instances are waiting for a thread. */
  public int waiting() {
    return ready.size();
  }

  private void turn(String id) throws InterruptedException {
    CompletableFuture<?> played;
    try {
      played = play(id);
    } catch (UnreadableException e) {
      played = giveUp(id, e);
    } catch (RuntimeException | Error e) {
      played = CompletableFuture.failedFuture(e);
    }
    played.whenComplete((stored, problem) -> settle(id, problem));
  }

  private void settle(String id, Throwable problem) {
    if (problem == null) {
      ready.done(id);
    } else if (!threads.closing()) {
      LOG.log(Level.ERROR, "a turn of the instance '" + id + "' is put off for a second", problem);
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
          .execute(
              () -> {
                ready.ready(id);
                ready.done(id);
              });
    }
  }

  /** Plays what has arrived for an instance; the future completes when that is stored. */
  private CompletableFuture<?> play(String id) throws InterruptedException {
    Optional<Playable> found = store.read(reader -> playable(reader, id));
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    Instance instance = found.get().instance();
    Inbox inbox = found.get().inbox();
    List<HistoryEvent> past = history(instance);
    Turn turn = Turn.begin(instance, past, inbox.events(), clock.instant());
    Outcome outcome = run(instance, turn);
    return store
        .put(new PlayedTurn(instance, inbox, turn.at(), outcome, clock.instant()))
        .thenAccept(stored -> remember(instance, past, inbox, outcome, stored));
  }

  /** Fails an instance that cannot be read; the others go on. */
  private CompletableFuture<?> giveUp(String id, UnreadableException problem)
      throws InterruptedException {
    LOG.log(Level.WARNING, "the instance '" + id + "' cannot be read, and fails", problem);
    TaskFailureDetails failure = Failures.lasting("UnreadableHistory", problem.getMessage());
    Optional<Instance> instance;
    try {
      instance = store.read(reader -> reader.instance(id));
    } catch (UnreadableException alsoTheInstance) {
      return store.put(Lifecycle.failUnreadable(id, failure, clock.instant()));
    }
    return instance.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : store.put(Lifecycle.fail(id, instance.get().execution(), failure, clock.instant()));
  }

  /** Empty if the instance has nothing to play, or is not to play it now. */
  private static Optional<Playable> playable(Reader reader, String id) throws SQLException {
    Optional<Instance> found = reader.instance(id);
    if (found.isEmpty() || found.get().finished() || found.get().suspended()) {
      return Optional.empty();
    }
    Inbox inbox = reader.inbox(id, MOST_EVENTS_IN_A_TURN);
    boolean opened = found.get().turns() > 0 || inbox.opens(); // not if it is to start later
    return opened && !inbox.events().isEmpty()
        ? Optional.of(new Playable(found.get(), inbox))
        : Optional.empty();
  }

  private List<HistoryEvent> history(Instance instance) throws InterruptedException {
    long execution = instance.execution();
    if (instance.turns() == 0) {
      return List.of();
    }
    Optional<List<HistoryEvent>> cached = histories.get(execution);
    return cached.isPresent() ? cached.get() : store.read(reader -> reader.history(execution));
  }

  private Outcome run(Instance instance, Turn turn) throws InterruptedException {
    if (!worker.hasOrchestrator(instance.name())) {
      return turn.failed(
          Failures.lasting(
              "OrchestratorNotFound", "there is no orchestrator named '" + instance.name() + "'"));
    }
    OrchestratorResponse response;
    try {
      response = worker.orchestrate(turn.request());
    } catch (Throwable thrown) { // also an Error: it is the orchestrator's, not this thread's
      threads.threw();
      LOG.log(Level.WARNING, "the instance '" + instance.id() + "' could not be played", thrown);
      return turn.failed(Failures.of(thrown));
    }
    threads.returned();
    return turn.outcome(response);
  }

  private void remember(
      Instance instance, List<HistoryEvent> past, Inbox inbox, Outcome outcome, boolean stored) {
    if (stored && outcome.next() instanceof Outcome.Next.Waiting) {
      histories.put(instance.execution(), past, outcome.played());
    } else {
      histories.forget(instance.execution());
    }
    if (inbox.more()) {
      ready.ready(instance.id());
    }
  }

  @Override
  public void close() {
    threads.close();
  }

  private record Playable(Instance instance, Inbox inbox) {}
}
