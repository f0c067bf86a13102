package parley.local.engine.turn;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.EventRaisedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ExecutionStartedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ExecutionTerminatedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorStartedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SubOrchestrationInstanceCompletedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SubOrchestrationInstanceFailedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskCompletedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TimerFiredEvent;
import java.time.Instant;

/**
 * Makes the history events that the engine itself brings forth. Those that wait in an inbox carry
 * no time: the turn that plays them stamps them.
 */
public final class Events {

  /** The id of every event that does not answer an action of the orchestrator. */
  private static final int NO_ID = -1;

  private Events() {}

  static HistoryEvent orchestratorStarted() {
    return event().setOrchestratorStarted(OrchestratorStartedEvent.getDefaultInstance()).build();
  }

  public static HistoryEvent executionStarted(NewInstance start) {
    ExecutionStartedEvent.Builder started =
        ExecutionStartedEvent.newBuilder()
            .setName(start.name())
            .setOrchestrationInstance(OrchestrationInstance.newBuilder().setInstanceId(start.id()));
    Protos.set(started::setVersion, start.version());
    Protos.set(started::setInput, start.input());
    if (start.parent() != null) {
      started.setParentInstance(start.parent());
    }
    if (start.startAt() != null) {
      started.setScheduledStartTimestamp(Protos.timestamp(start.startAt()));
    }
    return event().setExecutionStarted(started).build();
  }

  public static HistoryEvent executionTerminated(String output) {
    ExecutionTerminatedEvent.Builder terminated = ExecutionTerminatedEvent.newBuilder();
    Protos.set(terminated::setInput, output);
    return event().setExecutionTerminated(terminated).build();
  }

  public static HistoryEvent raised(String name, String input) {
    EventRaisedEvent.Builder raised = EventRaisedEvent.newBuilder().setName(name);
    Protos.set(raised::setInput, input);
    return event().setEventRaised(raised).build();
  }

  public static HistoryEvent timerFired(int timerId, Instant fireAt) {
    return event()
        .setTimerFired(
            TimerFiredEvent.newBuilder().setTimerId(timerId).setFireAt(Protos.timestamp(fireAt)))
        .build();
  }

  public static HistoryEvent taskCompleted(int taskId, String result) {
    TaskCompletedEvent.Builder completed =
        TaskCompletedEvent.newBuilder().setTaskScheduledId(taskId);
    Protos.set(completed::setResult, result);
    return event().setTaskCompleted(completed).build();
  }

  public static HistoryEvent taskFailed(int taskId, TaskFailureDetails failure) {
    return event()
        .setTaskFailed(
            TaskFailedEvent.newBuilder().setTaskScheduledId(taskId).setFailureDetails(failure))
        .build();
  }

  public static HistoryEvent childCompleted(ParentInstanceInfo parent, String result) {
    SubOrchestrationInstanceCompletedEvent.Builder completed =
        SubOrchestrationInstanceCompletedEvent.newBuilder()
            .setTaskScheduledId(parent.getTaskScheduledId());
    Protos.set(completed::setResult, result);
    return event().setSubOrchestrationInstanceCompleted(completed).build();
  }

  public static HistoryEvent childFailed(ParentInstanceInfo parent, TaskFailureDetails failure) {
    return event()
        .setSubOrchestrationInstanceFailed(
            SubOrchestrationInstanceFailedEvent.newBuilder()
                .setTaskScheduledId(parent.getTaskScheduledId())
                .setFailureDetails(failure))
        .build();
  }

  private static HistoryEvent.Builder event() {
    return HistoryEvent.newBuilder().setEventId(NO_ID);
  }
}
