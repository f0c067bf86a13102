package parley.local.engine.store;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_COMPLETED;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_RUNNING;

import com.google.protobuf.StringValue;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SubOrchestrationInstanceCreatedEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Outcome;
import parley.local.engine.turn.Protos;
import parley.local.engine.turn.Rewind;

/** Takes a failed instance up again where it can come to another end: see {@link Rewind}. */
public record Rewinding(String id, Instant now) implements Change<Reply> {

  @Override
  public Reply apply(Rows rows, Effects effects) throws SQLException {
    Optional<Instance> found = rows.instance(id);
    if (found.isPresent() && !found.get().finished()) {
      return Reply.refused(
          Reply.Reason.NOT_FAILED, "the instance '" + id + "' has not failed: it is running");
    }
    if (found.isEmpty() || !found.get().failed()) {
      return Lifecycle.refusal(found, id);
    }
    rewind(rows, effects, found.get(), found.get().parent());
    return new Reply.Done();
  }

  private void rewind(Rows rows, Effects effects, Instance failed, ParentInstanceInfo parent)
      throws SQLException {
    // A generation of its own: whatever still answers the old one must not answer this.
    long execution = rows.nextExecution();
    Rewind rewind = Rewind.of(failed, execution, rows.upkeep().turns(failed.execution()));
    rows.upkeep().rewind(failed, execution, rewind.kept(), parent, now);
    for (HistoryEvent event : rewind.again()) {
      if (event.hasExecutionStarted()) {
        rows.open(failed.id(), execution, event);
      } else if (event.hasEventRaised()) {
        rows.deliver(failed.id(), event);
      } else {
        rows.deliver(failed.id(), execution, event);
      }
    }
    for (ActivityRequest activity : rewind.activities()) {
      rows.pending().insertTask(execution, activity);
      effects.call(activity);
    }
    for (Outcome.Timer timer : rewind.timers()) {
      rows.pending()
          .insertTimer(
              failed.id(),
              execution,
              timer.id(),
              timer.fireAt(),
              Events.timerFired(timer.id(), timer.fireAt()));
      effects.timerAt(timer.fireAt());
    }
    for (HistoryEvent child : rewind.children()) {
      goOn(rows, effects, failed, execution, child);
    }
    effects.ready(failed.id());
    effects.reached(failed.id(), ORCHESTRATION_STATUS_RUNNING);
  }

  /** Sees to it that a sub-orchestration answers its parent's new generation. */
  private void goOn(
      Rows rows, Effects effects, Instance parent, long execution, HistoryEvent created)
      throws SQLException {
    SubOrchestrationInstanceCreatedEvent wanted = created.getSubOrchestrationInstanceCreated();
    ParentInstanceInfo link =
        ParentInstanceInfo.newBuilder()
            .setTaskScheduledId(created.getEventId())
            .setName(StringValue.of(parent.name()))
            .setOrchestrationInstance(
                OrchestrationInstance.newBuilder()
                    .setInstanceId(parent.id())
                    .setExecutionId(StringValue.of(Long.toString(execution))))
            .build();
    Optional<Instance> found = rows.instance(wanted.getInstanceId());
    if (found.filter(child -> isOf(parent, created, child)).isEmpty()) {
      StartAndEnd.beginChild(rows, effects, anew(wanted, link), now);
      return;
    }
    Instance child = found.get();
    if (!child.finished()) {
      rows.upkeep().setParent(child.id(), link);
    } else if (child.failed()) {
      rewind(rows, effects, child, link);
    } else if (child.status() == ORCHESTRATION_STATUS_COMPLETED) {
      rows.deliver(parent.id(), execution, Events.childCompleted(link, child.output()));
    } else {
      StartAndEnd.beginChild(rows, effects, anew(wanted, link), now);
    }
  }

  private static boolean isOf(Instance parent, HistoryEvent created, Instance child) {
    return child.parent() != null
        && child.parent().getTaskScheduledId() == created.getEventId()
        && child.parent().getOrchestrationInstance().getInstanceId().equals(parent.id())
        && child
            .parent()
            .getOrchestrationInstance()
            .getExecutionId()
            .getValue()
            .equals(Long.toString(parent.execution()));
  }

  private static NewInstance anew(
      SubOrchestrationInstanceCreatedEvent wanted, ParentInstanceInfo link) {
    return new NewInstance(
        wanted.getInstanceId(),
        wanted.getName(),
        Protos.text(wanted.hasVersion(), wanted.getVersion()),
        Protos.text(wanted.hasInput(), wanted.getInput()),
        link,
        null);
  }
}
