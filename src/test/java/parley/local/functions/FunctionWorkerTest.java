package parley.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ExecutionStartedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorStartedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskCompletedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskScheduledEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.local.SampleFunctions;

/** Runs through the real orchestration middleware of durabletask-azure-functions. */
class FunctionWorkerTest {

  private static final Timestamp NOW = Timestamp.newBuilder().setSeconds(1_700_000_000).build();

  private final FunctionWorker worker = Samples.worker(new SampleFunctions());

  @Test
  void knows_what_it_can_run() {
    assertTrue(worker.hasOrchestrator("Greet"));
    assertFalse(worker.hasOrchestrator("Compose"));
    assertTrue(worker.hasActivity("Count"));
    assertFalse(worker.hasActivity("Nothing"));
  }

  @Test
  void the_first_turn_stops_at_the_first_await_and_schedules_the_activity() throws Exception {
    OrchestratorAction action = onlyAction(turn(List.of(), start("Greet", "\"Ada\"")));
    assertEquals("Compose", action.getScheduleTask().getName());
    assertEquals("{\"name\":\"Ada\"}", action.getScheduleTask().getInput().getValue());
  }

  @Test
  void a_later_turn_replays_and_completes() throws Exception {
    HistoryEvent scheduled =
        event()
            .setEventId(0)
            .setTaskScheduled(TaskScheduledEvent.newBuilder().setName("Compose"))
            .build();
    HistoryEvent completed =
        event()
            .setTaskCompleted(
                TaskCompletedEvent.newBuilder()
                    .setTaskScheduledId(0)
                    .setResult(StringValue.of("\"hello Ada\"")))
            .build();
    OrchestratorAction action =
        onlyAction(turn(List.of(turnStart(), start("Greet", "\"Ada\""), scheduled), completed));
    assertEquals(
        OrchestrationStatus.ORCHESTRATION_STATUS_COMPLETED,
        action.getCompleteOrchestration().getOrchestrationStatus());
    assertEquals("\"hello Ada\"", action.getCompleteOrchestration().getResult().getValue());
  }

  @Test
  void continue_as_new_is_not_taken_for_a_failure() throws Exception {
    OrchestratorAction action = onlyAction(turn(List.of(), start("Forever", "1")));
    assertEquals(
        OrchestrationStatus.ORCHESTRATION_STATUS_CONTINUED_AS_NEW,
        action.getCompleteOrchestration().getOrchestrationStatus());
    assertEquals("2", action.getCompleteOrchestration().getResult().getValue());
  }

  @Test
  void an_orchestrator_that_throws_has_failed() throws Exception {
    OrchestratorAction action = onlyAction(turn(List.of(), start("Broken", "1")));
    assertEquals(
        OrchestrationStatus.ORCHESTRATION_STATUS_FAILED,
        action.getCompleteOrchestration().getOrchestrationStatus());
  }

  @Test
  void an_activity_gets_raw_json_and_its_text_comes_back_as_a_json_string() throws Exception {
    assertEquals("\"composed <{\\\"a\\\":1}>\"", call("Compose", "{\"a\":1}"));
    assertEquals("\"composed <\\\"text\\\">\"", call("Compose", "\"text\""));
  }

  @Test
  void a_number_is_parsed_and_comes_back_as_a_number() throws Exception {
    assertEquals("42", call("Count", "41"));
    assertThrows(IllegalArgumentException.class, () -> call("Count", "1.5"));
  }

  @Test
  void an_activity_without_input_gets_null() throws Exception {
    assertEquals("\"composed <null>\"", call("Compose", null));
  }

  @Test
  void what_an_activity_throws_arrives_unwrapped() {
    assertEquals(
        "refused 1",
        assertThrows(UnsupportedOperationException.class, () -> call("Refuse", "1")).getMessage());
  }

  @Test
  void a_name_that_nobody_has_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> call("Nothing", "1"));
    assertThrows(IllegalArgumentException.class, () -> turn(List.of(), start("Nothing", "1")));
    assertNull(Values.toJson(null));
  }

  private String call(String activity, String input) throws Exception {
    ActivityRequest.Builder request = ActivityRequest.newBuilder().setName(activity);
    if (input != null) {
      request.setInput(StringValue.of(input));
    }
    return worker.callActivity(request.build());
  }

  private List<OrchestratorAction> turn(List<HistoryEvent> past, HistoryEvent news)
      throws Exception {
    OrchestratorRequest request =
        OrchestratorRequest.newBuilder()
            .setInstanceId("instance-1")
            .addAllPastEvents(past)
            .addNewEvents(turnStart())
            .addNewEvents(news)
            .build();
    return worker.orchestrate(request).getActionsList();
  }

  private static OrchestratorAction onlyAction(List<OrchestratorAction> actions) {
    assertEquals(1, actions.size(), actions::toString);
    return actions.get(0);
  }

  private static HistoryEvent start(String name, String input) {
    return event()
        .setExecutionStarted(
            ExecutionStartedEvent.newBuilder().setName(name).setInput(StringValue.of(input)))
        .build();
  }

  private static HistoryEvent turnStart() {
    return event().setOrchestratorStarted(OrchestratorStartedEvent.getDefaultInstance()).build();
  }

  private static HistoryEvent.Builder event() {
    return HistoryEvent.newBuilder().setEventId(-1).setTimestamp(NOW);
  }
}
