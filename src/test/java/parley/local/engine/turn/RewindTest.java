package parley.local.engine.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ExecutionCompletedEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskScheduledEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TimerCreatedEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewindTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final HistoryEvent BEGUN = Events.orchestratorStarted();
  private static final HistoryEvent OPENED =
      Events.executionStarted(new NewInstance("game", "Game", null, null, null, null));
  private static final HistoryEvent ENDED =
      HistoryEvent.newBuilder()
          .setExecutionCompleted(ExecutionCompletedEvent.getDefaultInstance())
          .build();

  private static Rewind rewind(List<List<HistoryEvent>> turns) {
    return Rewind.of(
        new Instance(
            "game",
            7,
            "Game",
            null,
            OrchestrationStatus.ORCHESTRATION_STATUS_FAILED,
            null,
            null,
            null,
            null,
            null,
            NOON,
            NOON,
            NOON,
            turns.size()),
        8,
        turns);
  }

  private static HistoryEvent called(int id) {
    return HistoryEvent.newBuilder()
        .setEventId(id)
        .setTaskScheduled(TaskScheduledEvent.newBuilder().setName("Save"))
        .build();
  }

  private static HistoryEvent timer(int id) {
    return HistoryEvent.newBuilder()
        .setEventId(id)
        .setTimerCreated(TimerCreatedEvent.newBuilder().setFireAt(Protos.timestamp(NOON)))
        .build();
  }

  private static HistoryEvent failed(int id) {
    return Events.taskFailed(id, Failures.lasting("Broken", "out of order"));
  }

  @Test
  void what_came_after_the_last_thing_asked_for_is_played_again_without_its_failures() {
    HistoryEvent answer = Events.taskCompleted(1, "1");
    HistoryEvent event = Events.raised("go", null);

    Rewind rewind =
        rewind(
            List.of(
                List.of(BEGUN, OPENED, called(0), called(1), timer(2)),
                List.of(BEGUN, failed(0)),
                List.of(BEGUN, answer, event, ENDED)));

    assertEquals(1, rewind.kept());
    assertEquals(List.of(answer, event), rewind.again());
    assertEquals(
        List.of(0), rewind.activities().stream().map(activity -> activity.getTaskId()).toList());
    assertEquals(List.of(new Outcome.Timer(2, NOON)), rewind.timers());
  }

  @Test
  void a_failure_that_was_answered_with_something_stays() {
    Rewind rewind =
        rewind(
            List.of(
                List.of(BEGUN, OPENED, called(0)),
                List.of(BEGUN, failed(0), timer(1)),
                List.of(BEGUN, Events.timerFired(1, NOON), called(2)),
                List.of(BEGUN, failed(2), ENDED)));

    assertEquals(3, rewind.kept());
    assertEquals(List.of(), rewind.again());
    assertEquals(
        List.of(2), rewind.activities().stream().map(activity -> activity.getTaskId()).toList());
    assertEquals(List.of(), rewind.timers());
  }

  @Test
  void an_instance_that_failed_in_its_first_turn_is_opened_again() {
    Rewind rewind = rewind(List.of(List.of(BEGUN, OPENED, called(0), ENDED)));

    assertEquals(0, rewind.kept());
    assertEquals(List.of(OPENED), rewind.again());
    assertEquals(List.of(), rewind.activities());
  }
}
