package parley.local.engine.turn;

import static java.util.stream.Collectors.toSet;

import com.google.protobuf.StringValue;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskScheduledEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a failed instance is taken back to where it can still come to another end.
 *
 * <p>That is after the last turn that asked for something: what failed before it has been answered
 * by the orchestrator, with a retry or otherwise, and must stay as it was. Of what came later the
 * failures are forgotten and their causes done again, and the rest is played again.
 *
 * @param kept how many of the turns stay
 * @param again what goes back into the inbox, in order
 * @param activities those that are to be called, again or still
 * @param timers those that have not fired
 * @param children the events that created the sub-orchestrations still to be waited for
 */
public record Rewind(
    int kept,
    List<HistoryEvent> again,
    List<ActivityRequest> activities,
    List<Outcome.Timer> timers,
    List<HistoryEvent> children) {

  private static final int NONE = -1;

  /**
   * @param execution that of the generation in which the instance goes on
   * @param turns the history of its present generation, turn by turn
   */
  public static Rewind of(Instance failed, long execution, List<List<HistoryEvent>> turns) {
    int kept = turns.size() - 1;
    while (kept > 0 && turns.get(kept - 1).stream().noneMatch(Rewind::asks)) {
      kept--;
    }
    kept = Math.max(0, kept);
    List<HistoryEvent> past = turns.subList(0, kept).stream().flatMap(List::stream).toList();
    List<HistoryEvent> again =
        turns.subList(kept, turns.size()).stream()
            .flatMap(List::stream)
            .filter(Rewind::playedAgain)
            .toList();
    Set<Integer> answered =
        Stream.concat(past.stream(), again.stream()).map(Rewind::answers).collect(toSet());
    List<HistoryEvent> open =
        past.stream()
            .filter(event -> asks(event) && !answered.contains(event.getEventId()))
            .toList();
    OrchestrationInstance caller =
        OrchestrationInstance.newBuilder()
            .setInstanceId(failed.id())
            .setExecutionId(StringValue.of(Long.toString(execution)))
            .build();
    return new Rewind(
        kept,
        again,
        open.stream()
            .filter(HistoryEvent::hasTaskScheduled)
            .map(event -> request(caller, event.getEventId(), event.getTaskScheduled()))
            .toList(),
        open.stream()
            .filter(HistoryEvent::hasTimerCreated)
            .map(event -> new Outcome.Timer(event.getEventId(), fireAt(event)))
            .toList(),
        open.stream().filter(HistoryEvent::hasSubOrchestrationInstanceCreated).toList());
  }

  private static ActivityRequest request(
      OrchestrationInstance caller, int id, TaskScheduledEvent scheduled) {
    ActivityRequest.Builder request =
        ActivityRequest.newBuilder()
            .setName(scheduled.getName())
            .setTaskId(id)
            .setOrchestrationInstance(caller);
    if (scheduled.hasVersion()) {
      request.setVersion(scheduled.getVersion());
    }
    if (scheduled.hasInput()) {
      request.setInput(scheduled.getInput());
    }
    return request.build();
  }

  private static boolean asks(HistoryEvent event) {
    return event.hasTaskScheduled()
        || event.hasTimerCreated()
        || event.hasSubOrchestrationInstanceCreated()
        || event.hasEventSent();
  }

  private static boolean playedAgain(HistoryEvent event) {
    return event.hasExecutionStarted()
        || event.hasEventRaised()
        || event.hasTaskCompleted()
        || event.hasSubOrchestrationInstanceCompleted()
        || event.hasTimerFired();
  }

  private static Instant fireAt(HistoryEvent event) {
    return Protos.instant(event.getTimerCreated().getFireAt());
  }

  /** The id of the action that an event answers. */
  private static int answers(HistoryEvent event) {
    return switch (event.getEventTypeCase()) {
      case TASKCOMPLETED -> event.getTaskCompleted().getTaskScheduledId();
      case TASKFAILED -> event.getTaskFailed().getTaskScheduledId();
      case TIMERFIRED -> event.getTimerFired().getTimerId();
      case SUBORCHESTRATIONINSTANCECOMPLETED ->
          event.getSubOrchestrationInstanceCompleted().getTaskScheduledId();
      case SUBORCHESTRATIONINSTANCEFAILED ->
          event.getSubOrchestrationInstanceFailed().getTaskScheduledId();
      default -> NONE;
    };
  }
}
