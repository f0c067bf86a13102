package parley.local.engine.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.local.engine.turn.Protos;

/**
 * A history as the management API tells it: what was called is told with its answer, by the name of
 * the function; what only the replay is interested in is left out, and so are inputs.
 */
final class HistoryJson {

  private final boolean showOutput;
  private final Map<Integer, HistoryEvent> calls = new HashMap<>();
  private final Set<Integer> answered = new HashSet<>();

  private HistoryJson(boolean showOutput) {
    this.showOutput = showOutput;
  }

  /**
   * @param showOutput whether to tell what activities and orchestrations have returned
   */
  static ArrayNode of(List<HistoryEvent> events, boolean showOutput) {
    HistoryJson told = new HistoryJson(showOutput);
    events.forEach(told::note);
    ArrayNode history = Payloads.array();
    events.forEach(event -> told.tell(event, history));
    return history;
  }

  private void note(HistoryEvent event) {
    switch (event.getEventTypeCase()) {
      case TASKSCHEDULED, SUBORCHESTRATIONINSTANCECREATED -> calls.put(event.getEventId(), event);
      case TASKCOMPLETED -> answered.add(event.getTaskCompleted().getTaskScheduledId());
      case TASKFAILED -> answered.add(event.getTaskFailed().getTaskScheduledId());
      case SUBORCHESTRATIONINSTANCECOMPLETED ->
          answered.add(event.getSubOrchestrationInstanceCompleted().getTaskScheduledId());
      case SUBORCHESTRATIONINSTANCEFAILED ->
          answered.add(event.getSubOrchestrationInstanceFailed().getTaskScheduledId());
      default -> {}
    }
  }

  private void tell(HistoryEvent event, ArrayNode history) {
    boolean toldWithItsAnswer =
        calls.containsKey(event.getEventId()) && answered.contains(event.getEventId());
    if (toldWithItsAnswer || event.hasOrchestratorStarted() || event.hasOrchestratorCompleted()) {
      return;
    }
    ObjectNode json = history.addObject();
    json.put("EventType", typeOf(event));
    json.put("Timestamp", time(event.getTimestamp()));
    switch (event.getEventTypeCase()) {
      case EXECUTIONSTARTED -> json.put("FunctionName", event.getExecutionStarted().getName());
      case EXECUTIONCOMPLETED -> {
        var completed = event.getExecutionCompleted();
        json.put("OrchestrationStatus", StatusJson.name(completed.getOrchestrationStatus()));
        result(json, completed.hasResult(), completed.getResult());
        failure(json, completed.hasFailureDetails(), completed.getFailureDetails());
      }
      case TASKSCHEDULED -> json.put("Name", event.getTaskScheduled().getName());
      case TASKCOMPLETED -> {
        var completed = event.getTaskCompleted();
        call(json, completed.getTaskScheduledId());
        result(json, completed.hasResult(), completed.getResult());
      }
      case TASKFAILED -> {
        call(json, event.getTaskFailed().getTaskScheduledId());
        failure(json, true, event.getTaskFailed().getFailureDetails());
      }
      case SUBORCHESTRATIONINSTANCECREATED -> {
        var created = event.getSubOrchestrationInstanceCreated();
        json.put("Name", created.getName()).put("InstanceId", created.getInstanceId());
      }
      case SUBORCHESTRATIONINSTANCECOMPLETED -> {
        var completed = event.getSubOrchestrationInstanceCompleted();
        call(json, completed.getTaskScheduledId());
        result(json, completed.hasResult(), completed.getResult());
      }
      case SUBORCHESTRATIONINSTANCEFAILED -> {
        var failed = event.getSubOrchestrationInstanceFailed();
        call(json, failed.getTaskScheduledId());
        failure(json, true, failed.getFailureDetails());
      }
      case TIMERCREATED -> json.put("FireAt", time(event.getTimerCreated().getFireAt()));
      case TIMERFIRED -> json.put("FireAt", time(event.getTimerFired().getFireAt()));
      case EVENTRAISED -> json.put("Name", event.getEventRaised().getName());
      case EVENTSENT ->
          json.put("InstanceId", event.getEventSent().getInstanceId())
              .put("Name", event.getEventSent().getName());
      default -> {} // its type and time say all
    }
  }

  /** When the activity or sub-orchestration was called, and what it is. */
  private void call(ObjectNode json, int id) {
    HistoryEvent call = calls.get(id);
    if (call != null) {
      json.put("ScheduledTime", time(call.getTimestamp()));
      json.put(
          "FunctionName",
          call.hasTaskScheduled()
              ? call.getTaskScheduled().getName()
              : call.getSubOrchestrationInstanceCreated().getName());
    }
  }

  private void result(ObjectNode json, boolean present, StringValue result) {
    if (showOutput) {
      json.set("Result", Payloads.told(Protos.text(present, result)));
    }
  }

  private static void failure(ObjectNode json, boolean present, TaskFailureDetails failure) {
    if (present) {
      json.put("Reason", failure.getErrorMessage());
      json.putObject("FailureDetails")
          .put("ErrorType", failure.getErrorType())
          .put("ErrorMessage", failure.getErrorMessage());
    }
  }

  /** {@code TASKCOMPLETED} is {@code TaskCompleted}, as the field of the message is called. */
  private static String typeOf(HistoryEvent event) {
    String field =
        HistoryEvent.getDescriptor()
            .findFieldByNumber(event.getEventTypeCase().getNumber())
            .getName();
    return Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }

  private static String time(Timestamp at) {
    return Protos.instant(at).toString();
  }
}
