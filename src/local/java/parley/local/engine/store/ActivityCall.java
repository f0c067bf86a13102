package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;

/**
 * An activity that is to be run. Thousands of them may wait, so of a large one only the key is
 * held.
 *
 * @param request null if it is large, or from before the start: then the store has it, under the
 *     key
 */
public record ActivityCall(long execution, int id, ActivityRequest request) {

  private static final int LARGE = 16 * 1024;

  static ActivityCall of(ActivityRequest request) {
    OrchestrationInstance caller = request.getOrchestrationInstance();
    return new ActivityCall(
        Long.parseLong(caller.getExecutionId().getValue()),
        request.getTaskId(),
        request.getSerializedSize() > LARGE ? null : request);
  }
}
