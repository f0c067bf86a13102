package parley.local.engine.turn;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_FAILED;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_SUSPENDED;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationState;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.time.Instant;

/**
 * An orchestration instance as it stands between two turns. Texts and messages that it does not
 * have are null.
 *
 * @param execution the number of its generation: continuing as new and starting over take a fresh
 *     one, unique in the store, so that what an older generation left behind is never mistaken for
 *     this one's
 * @param turnAt the time that its last turn played at, over all its generations
 * @param turns how many turns of this generation the history holds
 */
public record Instance(
    String id,
    long execution,
    String name,
    String version,
    OrchestrationStatus status,
    String input,
    String output,
    String customStatus,
    TaskFailureDetails failure,
    ParentInstanceInfo parent,
    Instant createdAt,
    Instant updatedAt,
    Instant turnAt,
    int turns) {

  public boolean finished() {
    return finished(status);
  }

  public boolean failed() {
    return status == ORCHESTRATION_STATUS_FAILED;
  }

  public boolean suspended() {
    return status == ORCHESTRATION_STATUS_SUSPENDED;
  }

  /** Whether it has had a turn, in any of its generations. */
  public boolean played() {
    return turnAt.isAfter(Instant.EPOCH);
  }

  public static boolean finished(OrchestrationStatus status) {
    return switch (status) {
      case ORCHESTRATION_STATUS_COMPLETED,
          ORCHESTRATION_STATUS_FAILED,
          ORCHESTRATION_STATUS_CANCELED,
          ORCHESTRATION_STATUS_TERMINATED ->
          true;
      default -> false;
    };
  }

  /**
   * The same in the protocol's words.
   *
   * @param payloads whether to tell input, output, custom status and failure
   */
  public OrchestrationState toState(boolean payloads) {
    OrchestrationState.Builder state =
        OrchestrationState.newBuilder()
            .setInstanceId(id)
            .setName(name)
            .setOrchestrationStatus(status)
            .setCreatedTimestamp(Protos.timestamp(createdAt))
            .setLastUpdatedTimestamp(Protos.timestamp(updatedAt));
    Protos.set(state::setVersion, version);
    if (payloads) {
      Protos.set(state::setInput, input);
      Protos.set(state::setOutput, output);
      Protos.set(state::setCustomStatus, customStatus);
      if (failure != null) {
        state.setFailureDetails(failure);
      }
    }
    return state.build();
  }
}
