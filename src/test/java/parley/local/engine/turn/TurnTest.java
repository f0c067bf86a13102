package parley.local.engine.turn;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_COMPLETED;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_CONTINUED_AS_NEW;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_FAILED;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.StringValue;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CompleteOrchestrationAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.CreateTimerAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationInstance;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ScheduleTaskAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.SendEventAction;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.000500Z");
  private static final Instant LAST_TURN = Instant.parse("2026-01-01T11:59:00Z");

  private static Instance instance(Instant lastTurn) {
    return new Instance(
        "game-1",
        7,
        "Game",
        null,
        ORCHESTRATION_STATUS_RUNNING,
        "1",
        null,
        "\"before\"",
        null,
        null,
        LAST_TURN,
        LAST_TURN,
        lastTurn,
        1);
  }

  private static Turn turn(List<HistoryEvent> past, HistoryEvent... inbox) {
    return Turn.begin(instance(LAST_TURN), past, List.of(inbox), NOON);
  }

  private static OrchestratorResponse response(OrchestratorAction... actions) {
    return OrchestratorResponse.newBuilder().addAllActions(List.of(actions)).build();
  }

  private static OrchestratorAction call(int id) {
    return OrchestratorAction.newBuilder()
        .setId(id)
        .setScheduleTask(
            ScheduleTaskAction.newBuilder().setName("Save").setInput(StringValue.of("2")))
        .build();
  }

  private static OrchestratorAction timer(int id) {
    return OrchestratorAction.newBuilder()
        .setId(id)
        .setCreateTimer(CreateTimerAction.newBuilder().setFireAt(Protos.timestamp(NOON)))
        .build();
  }

  private static OrchestratorAction send(int id) {
    return OrchestratorAction.newBuilder()
        .setId(id)
        .setSendEvent(
            SendEventAction.newBuilder()
                .setInstance(OrchestrationInstance.newBuilder().setInstanceId("other"))
                .setName("ping"))
        .build();
  }

  private static OrchestratorAction complete(
      int id, OrchestrationStatus status, HistoryEvent... carryOver) {
    return OrchestratorAction.newBuilder()
        .setId(id)
        .setCompleteOrchestration(
            CompleteOrchestrationAction.newBuilder()
                .setOrchestrationStatus(status)
                .setResult(StringValue.of("3"))
                .addAllCarryoverEvents(List.of(carryOver)))
        .build();
  }

  private static Instant time(HistoryEvent event) {
    return Protos.instant(event.getTimestamp());
  }

  @Test
  void it_plays_what_has_arrived_after_its_own_start() {
    Turn turn = turn(List.of(), Events.raised("move", "1"), Events.raised("move", "2"));

    List<HistoryEvent> played = turn.request().getNewEventsList();

    assertTrue(played.get(0).hasOrchestratorStarted());
    assertEquals("1", played.get(1).getEventRaised().getInput().getValue());
    assertEquals("2", played.get(2).getEventRaised().getInput().getValue());
    assertEquals("7", turn.request().getExecutionId().getValue());
  }

  @Test
  void equal_events_get_times_of_their_own() {
    Turn turn = turn(List.of(), Events.raised("move", "1"), Events.raised("move", "1"));

    List<HistoryEvent> played = turn.request().getNewEventsList();

    assertEquals(played.size(), new HashSet<>(played).size());
    assertEquals(played.stream().map(TurnTest::time).sorted().toList(), times(played));
  }

  private static List<Instant> times(List<HistoryEvent> events) {
    return events.stream().map(TurnTest::time).toList();
  }

  @Test
  void a_turn_is_a_millisecond_later_than_the_one_before_even_if_the_clock_is_not() {
    Instant ahead = Instant.parse("2026-01-01T12:00:05Z");

    Turn turn = Turn.begin(instance(ahead), List.of(), List.of(), NOON);

    assertEquals(ahead.plusMillis(1), turn.at());
  }

  @Test
  void a_turn_that_fires_a_timer_is_a_millisecond_later_than_its_time() {
    Instant due = Instant.parse("2026-01-01T12:00:00.000700Z");

    Turn turn = turn(List.of(), Events.timerFired(0, due));

    assertEquals(Instant.parse("2026-01-01T12:00:00.002Z"), turn.at());
  }

  @Test
  void an_activity_is_recorded_and_called() {
    Outcome outcome = turn(List.of()).outcome(response(call(0)));

    HistoryEvent last = outcome.played().get(outcome.played().size() - 1);
    assertEquals(0, last.getEventId());
    assertEquals("Save", last.getTaskScheduled().getName());
    assertEquals("2", outcome.activities().get(0).getInput().getValue());
    assertEquals(
        "7", outcome.activities().get(0).getOrchestrationInstance().getExecutionId().getValue());
    assertInstanceOf(Outcome.Next.Waiting.class, outcome.next());
  }

  @Test
  void an_event_is_sent_once_though_it_is_asked_for_at_every_turn() {
    Outcome first = turn(List.of()).outcome(response(send(0)));
    Turn next = turn(first.played());
    Outcome second = next.outcome(response(send(0), call(1)));

    assertEquals(1, first.messages().size());
    assertEquals(List.of(), second.messages());
    assertEquals(1, second.activities().size());
    assertTrue(next.request().getPastEventsList().stream().noneMatch(HistoryEvent::hasEventSent));
  }

  @Test
  void an_action_that_the_history_has_under_another_name_fails_the_instance() {
    List<HistoryEvent> past = turn(List.of()).outcome(response(timer(0), send(1))).played();

    for (OrchestratorAction clash : List.of(call(0), call(1), send(0), timer(0))) {
      Outcome outcome = turn(past).outcome(response(call(2), clash));

      Outcome.Next.Finished end = assertInstanceOf(Outcome.Next.Finished.class, outcome.next());
      assertEquals(ORCHESTRATION_STATUS_FAILED, end.status());
      assertTrue(end.failure().getErrorMessage().contains("'Game'"), end.failure().toString());
      assertEquals(List.of(), outcome.activities());
    }
  }

  @Test
  void an_answer_that_makes_no_sense_fails_the_instance() {
    OrchestratorAction empty = OrchestratorAction.newBuilder().setId(0).build();

    Stream.of(empty, complete(0, ORCHESTRATION_STATUS_RUNNING))
        .map(action -> turn(List.of()).outcome(response(action)).next())
        .map(next -> assertInstanceOf(Outcome.Next.Finished.class, next).status())
        .forEach(status -> assertEquals(ORCHESTRATION_STATUS_FAILED, status));
  }

  @Test
  void what_was_asked_for_on_the_way_out_is_done_but_timers_are_not_set() {
    Outcome outcome =
        turn(List.of())
            .outcome(
                response(call(0), timer(1), send(2), complete(3, ORCHESTRATION_STATUS_COMPLETED)));

    assertEquals(1, outcome.activities().size());
    assertEquals(1, outcome.messages().size());
    assertEquals(List.of(), outcome.timers());
    Outcome.Next.Finished end = assertInstanceOf(Outcome.Next.Finished.class, outcome.next());
    assertEquals("3", end.output());
  }

  @Test
  void events_are_carried_over_in_the_order_in_which_they_arrived() {
    List<HistoryEvent> arrived =
        turn(List.of(), Events.raised("a", "1"), Events.raised("b", "2"))
            .request()
            .getNewEventsList();

    Outcome outcome =
        turn(List.of())
            .outcome(
                response(
                    complete(
                        0, ORCHESTRATION_STATUS_CONTINUED_AS_NEW, arrived.get(2), arrived.get(1))));

    Outcome.Next.Renewed renewed = assertInstanceOf(Outcome.Next.Renewed.class, outcome.next());
    assertEquals(List.of(arrived.get(1), arrived.get(2)), renewed.carryOver());
    assertEquals("3", renewed.start().input());
  }

  @Test
  void an_empty_custom_status_is_none() {
    OrchestratorResponse cleared =
        OrchestratorResponse.newBuilder().setCustomStatus(StringValue.of("")).build();

    assertNull(turn(List.of()).outcome(cleared).customStatus());
  }

  @Test
  void an_answer_with_one_id_for_two_actions_fails_the_instance() {
    Outcome outcome = turn(List.of()).outcome(response(call(0), timer(0)));

    Outcome.Next.Finished end = assertInstanceOf(Outcome.Next.Finished.class, outcome.next());
    assertEquals("'Game' asks for two things as its action 0", end.failure().getErrorMessage());
  }
}
