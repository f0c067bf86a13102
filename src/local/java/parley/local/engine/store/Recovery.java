package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Failures;
import parley.local.engine.turn.Instance;

/**
 * Finds everything that was left to do when the store was last closed, or its process ended. It
 * answers what is to be set going, and sets nothing going itself. The activities stay in the store
 * until they are run: there may be more than memory has room for.
 */
public record Recovery() implements Change<Effects> {

  @Override
  public Effects apply(Rows rows, Effects own) throws SQLException {
    Effects left = new Effects();
    Map<PendingRows.Task, UnreadableException> unreadable = new HashMap<>();
    rows.pending()
        .tasks(
            task -> {
              try {
                EventBytes.read(ActivityRequest.parser(), task.request());
                left.call(new ActivityCall(task.execution(), task.id(), null));
              } catch (UnreadableException e) {
                unreadable.put(task, e);
              }
            });
    for (Map.Entry<PendingRows.Task, UnreadableException> task : unreadable.entrySet()) {
      giveUp(rows, task.getKey(), task.getValue());
    }
    rows.upkeep().instancesWithInbox().forEach(left::ready);
    rows.pending().nextTimer().ifPresent(left::timerAt);
    return left;
  }

  private static void giveUp(Rows rows, PendingRows.Task task, UnreadableException problem)
      throws SQLException {
    rows.pending().deleteTask(task.execution(), task.id());
    Optional<Instance> caller = rows.upkeep().instance(task.execution());
    if (caller.isPresent()) {
      rows.deliver(
          caller.get().id(),
          task.execution(),
          Events.taskFailed(
              task.id(), Failures.lasting("UnreadableActivity", problem.getMessage())));
    }
  }
}
