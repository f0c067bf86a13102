package parley.local.engine.store;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_PENDING;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_RUNNING;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_SUSPENDED;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_TERMINATED;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Outcome;
import parley.local.engine.turn.Protos;

/** The changes that are asked for from outside: what a client may do to an instance. */
public final class Lifecycle {

  private static final Reply DONE = new Reply.Done();

  /** The id of the timer that holds back the opening of an instance that is to start later. */
  private static final int START_TIMER = -1;

  private Lifecycle() {}

  public static Change<Reply> start(NewInstance start, Instant now) {
    return (rows, effects) ->
        begin(rows, effects, start, now)
            .map(problem -> Reply.refused(Reply.Reason.EXISTS, problem))
            .orElse(DONE);
  }

  public static Change<Reply> raise(String id, String name, String input) {
    HistoryEvent event = Events.raised(name, input);
    return (rows, effects) -> {
      if (rows.deliver(id, event)) {
        effects.ready(id);
        return DONE;
      }
      return refusal(rows.instance(id), id);
    };
  }

  public static Change<Reply> terminate(String id, String output, Instant now) {
    Outcome.Next.Finished end =
        new Outcome.Next.Finished(ORCHESTRATION_STATUS_TERMINATED, output, null);
    HistoryEvent terminated =
        Events.executionTerminated(output).toBuilder().setTimestamp(Protos.timestamp(now)).build();
    return (rows, effects) ->
        whileAlive(
            rows,
            id,
            instance -> {
              // A turn that is being played meanwhile finds the instance finished, and is void.
              rows.finish(instance, end, instance.customStatus(), instance.turnAt(), now);
              rows.appendTurn(instance.execution(), instance.turns(), List.of(terminated));
              conclude(rows, effects, instance, end);
              return DONE;
            });
  }

  public static Change<Reply> suspend(String id, Instant now) {
    return (rows, effects) ->
        whileAlive(
            rows,
            id,
            instance -> {
              if (instance.suspended()) {
                return Reply.refused(
                    Reply.Reason.ALREADY_SUSPENDED,
                    "the instance '" + id + "' is already suspended");
              }
              rows.setStatus(id, ORCHESTRATION_STATUS_SUSPENDED, now);
              effects.reached(id, ORCHESTRATION_STATUS_SUSPENDED);
              return DONE;
            });
  }

  public static Change<Reply> resume(String id, Instant now) {
    return (rows, effects) ->
        whileAlive(
            rows,
            id,
            instance -> {
              if (!instance.suspended()) {
                return Reply.refused(
                    Reply.Reason.NOT_SUSPENDED, "the instance '" + id + "' is not suspended");
              }
              OrchestrationStatus status =
                  instance.played() ? ORCHESTRATION_STATUS_RUNNING : ORCHESTRATION_STATUS_PENDING;
              rows.setStatus(id, status, now);
              effects.reached(id, status);
              effects.ready(id);
              return DONE;
            });
  }

  /** Forgets an instance that has finished; returns how many were forgotten. */
  public static Change<Integer> purge(String id) {
    return (rows, effects) -> {
      Optional<Instance> finished = rows.instance(id).filter(Instance::finished);
      if (finished.isPresent()) {
        rows.deleteHistory(finished.get().execution());
        rows.deleteInstance(id);
      }
      return finished.isPresent() ? 1 : 0;
    };
  }

  /**
   * Starts an instance; an id is free when there is none of it, or a finished one.
   *
   * @return why it was not started, or empty if it was
   */
  static Optional<String> begin(Rows rows, Effects effects, NewInstance start, Instant now)
      throws SQLException {
    Optional<Instance> before = rows.instance(start.id());
    if (before.isPresent() && !before.get().finished()) {
      return Optional.of("an orchestration instance with the id " + start.id() + " already exists");
    }
    if (before.isPresent()) {
      rows.deleteHistory(before.get().execution());
    }
    long execution = rows.nextExecution();
    HistoryEvent opening = Events.executionStarted(start);
    rows.insertInstance(start, execution, now);
    if (start.startAt() != null && start.startAt().isAfter(now)) {
      rows.pending().insertTimer(start.id(), execution, START_TIMER, start.startAt(), opening);
      effects.timerAt(start.startAt());
    } else {
      rows.open(start.id(), execution, opening);
      effects.ready(start.id());
    }
    return Optional.empty();
  }

  /** Clears up after an instance that has just been marked finished, and tells its parent. */
  static void conclude(Rows rows, Effects effects, Instance instance, Outcome.Next.Finished end)
      throws SQLException {
    rows.clearInbox(instance.id());
    rows.pending().deleteTimers(instance.execution());
    effects.reached(instance.id(), end.status());
    if (instance.parent() != null) {
      String parent = instance.parent().getOrchestrationInstance().getInstanceId();
      long generation =
          Long.parseLong(instance.parent().getOrchestrationInstance().getExecutionId().getValue());
      if (rows.deliver(parent, generation, end.report(instance.parent()))) {
        effects.ready(parent);
      }
    }
  }

  private static Reply whileAlive(Rows rows, String id, Step step) throws SQLException {
    Optional<Instance> instance = rows.instance(id);
    return instance.isPresent() && !instance.get().finished()
        ? step.take(instance.get())
        : refusal(instance, id);
  }

  private static Reply refusal(Optional<Instance> missingOrFinished, String id) {
    return missingOrFinished
        .map(
            instance ->
                Reply.refused(
                    Reply.Reason.FINISHED,
                    "the instance '" + id + "' is finished: " + instance.status()))
        .orElseGet(
            () ->
                Reply.refused(
                    Reply.Reason.MISSING, "no instance with the id '" + id + "' was found"));
  }

  private interface Step {
    Reply take(Instance instance) throws SQLException;
  }
}
