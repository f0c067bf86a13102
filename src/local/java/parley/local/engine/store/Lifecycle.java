package parley.local.engine.store;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_FAILED;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_PENDING;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_RUNNING;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_SUSPENDED;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_TERMINATED;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ExecutionCompletedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Outcome;
import parley.local.engine.turn.Protos;

/** The changes that are asked for from outside: what a client may do to an instance. */
public final class Lifecycle {

  private static final Reply DONE = new Reply.Done();

  private Lifecycle() {}

  public static Change<Reply> start(NewInstance start, Instant now) {
    return (rows, effects) ->
        StartAndEnd.begin(rows, effects, start, now)
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
              StartAndEnd.end(rows, effects, instance, end, terminated, now);
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

  /** Starts the orchestration of an instance anew, on the input that it has now, under an id. */
  public static Change<Reply> restart(String id, String newId, Instant now) {
    return (rows, effects) -> {
      Optional<Instance> found = rows.instance(id);
      if (found.isEmpty()) {
        return refusal(found, id);
      }
      Instance old = found.get();
      NewInstance start =
          new NewInstance(newId, old.name(), old.version(), old.input(), null, null);
      return start(start, now).apply(rows, effects);
    };
  }

  /**
   * Fails an instance that cannot be played, unless it has gone on to another execution or its end.
   */
  public static Change<Void> fail(
      String id, long execution, TaskFailureDetails failure, Instant now) {
    Outcome.Next.Finished end =
        new Outcome.Next.Finished(ORCHESTRATION_STATUS_FAILED, null, failure);
    HistoryEvent failed =
        HistoryEvent.newBuilder()
            .setEventId(-1)
            .setTimestamp(Protos.timestamp(now))
            .setExecutionCompleted(
                ExecutionCompletedEvent.newBuilder()
                    .setOrchestrationStatus(ORCHESTRATION_STATUS_FAILED)
                    .setFailureDetails(failure))
            .build();
    return (rows, effects) -> {
      Optional<Instance> found =
          rows.instance(id)
              .filter(instance -> instance.execution() == execution && !instance.finished());
      if (found.isPresent()) {
        StartAndEnd.end(rows, effects, found.get(), end, failed, now);
      }
      return null;
    };
  }

  /** Fails an instance that cannot even be read: whose it is, nobody knows. */
  public static Change<Void> failUnreadable(String id, TaskFailureDetails failure, Instant now) {
    return (rows, effects) -> {
      if (rows.upkeep().failUnreadable(id, failure, now)) {
        rows.clearInbox(id);
        effects.reached(id, ORCHESTRATION_STATUS_FAILED);
      }
      return null;
    };
  }

  private static Reply whileAlive(Rows rows, String id, Step step) throws SQLException {
    Optional<Instance> instance = rows.instance(id);
    return instance.isPresent() && !instance.get().finished()
        ? step.take(instance.get())
        : refusal(instance, id);
  }

  /** Says why nothing can be done to an instance that is not there, or finished. */
  static Reply refusal(Optional<Instance> missingOrFinished, String id) {
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
