package parley.local.engine.turn;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_CONTINUED_AS_NEW;

import com.google.protobuf.StringValue;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CompleteOrchestrationAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CreateSubOrchestrationAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CreateTimerAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.EventSentEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ExecutionCompletedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ScheduleTaskAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SendEventAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SubOrchestrationInstanceCreatedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskScheduledEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TimerCreatedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what the actions of one turn come to: each leaves an event, and most a piece of work. */
final class Decisions {

  private static final Comparator<HistoryEvent> BY_TIME =
      Comparator.comparing(event -> Protos.instant(event.getTimestamp()));

  private final Instance instance;
  private final List<HistoryEvent> events = new ArrayList<>();
  private final List<ActivityRequest> activities = new ArrayList<>();
  private final List<Outcome.Timer> timers = new ArrayList<>();
  private final List<NewInstance> children = new ArrayList<>();
  private final List<Outcome.Message> messages = new ArrayList<>();
  private Outcome.Next next = new Outcome.Next.Waiting();

  Decisions(Instance instance) {
    this.instance = instance;
  }

  /** The events that record what was decided, in order and without a time. */
  List<HistoryEvent> events() {
    return events;
  }

  /** Takes an action of a known kind. */
  void take(OrchestratorAction action) {
    int id = action.getId();
    switch (action.getOrchestratorActionTypeCase()) {
      case SCHEDULETASK -> call(id, action.getScheduleTask());
      case CREATETIMER -> set(id, action.getCreateTimer());
      case CREATESUBORCHESTRATION -> start(id, action.getCreateSubOrchestration());
      case SENDEVENT -> send(id, action.getSendEvent());
      case COMPLETEORCHESTRATION -> complete(id, action.getCompleteOrchestration());
      default -> throw new IllegalArgumentException("no such kind of action: " + action);
    }
  }

  /** Ends the instance; output and failure may be null. */
  void finish(int id, OrchestrationStatus status, String output, TaskFailureDetails failure) {
    ExecutionCompletedEvent.Builder completed =
        ExecutionCompletedEvent.newBuilder().setOrchestrationStatus(status);
    Protos.set(completed::setResult, output);
    if (failure != null) {
      completed.setFailureDetails(failure);
    }
    events.add(event(id).setExecutionCompleted(completed).build());
    next = new Outcome.Next.Finished(status, output, failure);
  }

  /**
   * The sum of it.
   *
   * @param played the events of the whole turn, these among them
   */
  Outcome outcome(List<HistoryEvent> played, String customStatus) {
    boolean waits = next instanceof Outcome.Next.Waiting;
    List<Outcome.Timer> kept = waits ? timers : List.of(); // a generation's timers end with it
    return new Outcome(played, activities, kept, children, messages, customStatus, next);
  }

  private void call(int id, ScheduleTaskAction action) {
    TaskScheduledEvent.Builder scheduled =
        TaskScheduledEvent.newBuilder().setName(action.getName());
    ActivityRequest.Builder request =
        ActivityRequest.newBuilder()
            .setName(action.getName())
            .setTaskId(id)
            .setOrchestrationInstance(self());
    if (action.hasVersion()) {
      scheduled.setVersion(action.getVersion());
      request.setVersion(action.getVersion());
    }
    if (action.hasInput()) {
      scheduled.setInput(action.getInput());
      request.setInput(action.getInput());
    }
    events.add(event(id).setTaskScheduled(scheduled).build());
    activities.add(request.build());
  }

  private void set(int id, CreateTimerAction action) {
    TimerCreatedEvent created =
        TimerCreatedEvent.newBuilder().setFireAt(action.getFireAt()).build();
    events.add(event(id).setTimerCreated(created).build());
    timers.add(new Outcome.Timer(id, Protos.instant(action.getFireAt())));
  }

  private void start(int id, CreateSubOrchestrationAction action) {
    SubOrchestrationInstanceCreatedEvent.Builder created =
        SubOrchestrationInstanceCreatedEvent.newBuilder()
            .setInstanceId(action.getInstanceId())
            .setName(action.getName());
    if (action.hasVersion()) {
      created.setVersion(action.getVersion());
    }
    if (action.hasInput()) {
      created.setInput(action.getInput());
    }
    ParentInstanceInfo.Builder parent =
        ParentInstanceInfo.newBuilder()
            .setTaskScheduledId(id)
            .setName(StringValue.of(instance.name()))
            .setOrchestrationInstance(self());
    events.add(event(id).setSubOrchestrationInstanceCreated(created).build());
    children.add(
        new NewInstance(
            action.getInstanceId(),
            action.getName(),
            Protos.text(action.hasVersion(), action.getVersion()),
            Protos.text(action.hasInput(), action.getInput()),
            parent.build(),
            null));
  }

  private void send(int id, SendEventAction action) {
    String target = action.getInstance().getInstanceId();
    EventSentEvent.Builder sent =
        EventSentEvent.newBuilder().setInstanceId(target).setName(action.getName());
    if (action.hasData()) {
      sent.setInput(action.getData());
    }
    String input = Protos.text(action.hasData(), action.getData());
    events.add(event(id).setEventSent(sent).build());
    messages.add(new Outcome.Message(target, Events.raised(action.getName(), input)));
  }

  private void complete(int id, CompleteOrchestrationAction action) {
    String result = Protos.text(action.hasResult(), action.getResult());
    if (action.getOrchestrationStatus() == ORCHESTRATION_STATUS_CONTINUED_AS_NEW) {
      String version =
          action.hasNewVersion() ? action.getNewVersion().getValue() : instance.version();
      // The SDK hands these over in the order of a hash set; the times know the true one.
      List<HistoryEvent> carryOver =
          action.getCarryoverEventsList().stream().sorted(BY_TIME).toList();
      next =
          new Outcome.Next.Renewed(
              new NewInstance(
                  instance.id(), instance.name(), version, result, instance.parent(), null),
              carryOver);
    } else {
      TaskFailureDetails failure = action.hasFailureDetails() ? action.getFailureDetails() : null;
      finish(id, action.getOrchestrationStatus(), result, failure);
    }
  }

  private OrchestrationInstance self() {
    return OrchestrationInstance.newBuilder()
        .setInstanceId(instance.id())
        .setExecutionId(StringValue.of(Long.toString(instance.execution())))
        .build();
  }

  private static HistoryEvent.Builder event(int id) {
    return HistoryEvent.newBuilder().setEventId(id);
  }
}
