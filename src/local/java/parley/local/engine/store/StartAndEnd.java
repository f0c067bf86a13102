package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Failures;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.InstanceIds;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Outcome;

/** How instances come to be and come to an end, whoever is the cause. Parts of larger changes. */
final class StartAndEnd {

  /** The id of the timer that holds back the opening of an instance that is to start later. */
  private static final int START_TIMER = -1;

  private StartAndEnd() {}

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

  /** Starts a sub-orchestration, or tells its parent why not. */
  static void beginChild(Rows rows, Effects effects, NewInstance child, Instant now)
      throws SQLException {
    Optional<String> problem = InstanceIds.problem(child.id());
    if (problem.isEmpty()) {
      problem = begin(rows, effects, child, now);
    }
    if (problem.isPresent()) {
      HistoryEvent failed =
          Events.childFailed(
              child.parent(), Failures.lasting("OrchestrationNotStarted", problem.get()));
      tell(rows, effects, child.parent(), failed);
    }
  }

  /**
   * Ends an instance from outside of its turns.
   *
   * @param last what its history ends with
   */
  static void end(
      Rows rows,
      Effects effects,
      Instance instance,
      Outcome.Next.Finished end,
      HistoryEvent last,
      Instant now)
      throws SQLException {
    rows.finish(instance, end, instance.customStatus(), instance.turnAt(), now);
    rows.appendTurn(instance.execution(), instance.turns(), List.of(last));
    conclude(rows, effects, instance, end);
  }

  /** Clears up after an instance that has just been marked finished, and tells its parent. */
  static void conclude(Rows rows, Effects effects, Instance instance, Outcome.Next.Finished end)
      throws SQLException {
    rows.clearInbox(instance.id());
    rows.pending().deleteTimers(instance.execution());
    effects.reached(instance.id(), end.status());
    if (instance.parent() != null) {
      tell(rows, effects, instance.parent(), end.report(instance.parent()));
    }
  }

  /** Forgets an instance that has finished. */
  static void forget(Rows rows, UpkeepRows.Brief finished) throws SQLException {
    rows.deleteHistory(finished.execution());
    rows.deleteInstance(finished.id());
  }

  private static void tell(Rows rows, Effects effects, ParentInstanceInfo link, HistoryEvent report)
      throws SQLException {
    OrchestrationInstance parent = link.getOrchestrationInstance();
    long generation = Long.parseLong(parent.getExecutionId().getValue());
    if (rows.deliver(parent.getInstanceId(), generation, report)) {
      effects.ready(parent.getInstanceId());
    }
  }
}
