package parley.local.engine.turn;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.time.Instant;
import java.util.List;

/**
 * All that one turn brings about. It is stored as a whole or not at all.
 *
 * @param played the events that the turn adds to the history, in order
 * @param customStatus JSON text, or null for none
 */
public record Outcome(
    List<HistoryEvent> played,
    List<ActivityRequest> activities,
    List<Timer> timers,
    List<NewInstance> children,
    List<Message> messages,
    String customStatus,
    Next next) {

  public Outcome {
    played = List.copyOf(played);
    activities = List.copyOf(activities);
    timers = List.copyOf(timers);
    children = List.copyOf(children);
    messages = List.copyOf(messages);
  }

  /** A timer of the turn's own generation. */
  public record Timer(int id, Instant fireAt) {}

  /** An event for another instance, which gets it if it is there and not finished. */
  public record Message(String instanceId, HistoryEvent event) {}

  /** How it goes on with the instance. */
  public sealed interface Next {

    /** It waits for what will come. */
    record Waiting() implements Next {}

    /**
     * It continues as new.
     *
     * @param carryOver events that the new generation still has to see, in order of arrival
     */
    record Renewed(NewInstance start, List<HistoryEvent> carryOver) implements Next {}

    /** It has ended. Output and failure are null where there is none. */
    record Finished(OrchestrationStatus status, String output, TaskFailureDetails failure)
        implements Next {

      /** What the parent orchestration is told. */
      public HistoryEvent report(ParentInstanceInfo parent) {
        if (status == OrchestrationStatus.ORCHESTRATION_STATUS_COMPLETED) {
          return Events.childCompleted(parent, output);
        }
        TaskFailureDetails reason =
            failure != null
                ? failure
                : Failures.lasting(
                    "OrchestrationTerminated", "the sub-orchestration was terminated");
        return Events.childFailed(parent, reason);
      }
    }
  }
}
