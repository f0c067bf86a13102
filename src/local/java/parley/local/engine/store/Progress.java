package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import parley.local.engine.turn.Failures;

/**
 * The changes that what an instance waits for brings; those of its own turns are {@link
 * PlayedTurn}.
 */
public final class Progress {

  private Progress() {}

  /** Stores an activity's answer, if it is the first and somebody still waits for it. */
  public static Change<Boolean> answer(ActivityRequest request, HistoryEvent answer) {
    OrchestrationInstance caller = request.getOrchestrationInstance();
    long execution = Long.parseLong(caller.getExecutionId().getValue());
    return (rows, effects) -> {
      boolean delivered =
          rows.pending().deleteTask(execution, request.getTaskId())
              && rows.deliver(caller.getInstanceId(), execution, answer);
      if (delivered) {
        effects.ready(caller.getInstanceId());
      }
      return delivered;
    };
  }

  /**
   * Fires the timers that are due, at most so many.
   *
   * @return when the earliest of the others is due, which may be now
   */
  public static Change<Optional<Instant>> fire(Instant now, int limit) {
    return (rows, effects) -> {
      for (PendingRows.DueTimer timer : rows.pending().dueTimers(now, limit)) {
        rows.pending().deleteTimer(timer);
        try {
          fire(rows, effects, timer, EventBytes.read(HistoryEvent.parser(), timer.event()));
        } catch (UnreadableException e) {
          TaskFailureDetails failure = Failures.lasting("UnreadableTimer", e.getMessage());
          Lifecycle.fail(timer.instance(), timer.execution(), failure, now).apply(rows, effects);
        }
      }
      return rows.pending().nextTimer();
    };
  }

  private static void fire(
      Rows rows, Effects effects, PendingRows.DueTimer timer, HistoryEvent event)
      throws SQLException {
    if (event.hasExecutionStarted()) {
      rows.open(timer.instance(), timer.execution(), event);
      effects.ready(timer.instance());
    } else if (rows.deliver(timer.instance(), timer.execution(), event)) {
      effects.ready(timer.instance());
    }
  }
}
