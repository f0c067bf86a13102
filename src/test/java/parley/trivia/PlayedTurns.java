package parley.trivia;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parley.local.engine.run.Worker;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Failures;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Outcome;
import parley.local.engine.turn.Outcome.Next.Renewed;
import parley.local.engine.turn.Outcome.Timer;
import parley.local.engine.turn.Turn;

/**
 * An orchestration that calls one activity or waits for one timer at a time, played on the engine's
 * own turns and the real worker, but kept in memory: for so many generations that a disk would be
 * what the test waits for.
 */
final class PlayedTurns {

  private final Worker worker;
  private final List<HistoryEvent> history = new ArrayList<>();
  private NewInstance generation;
  private long generations;
  private Instant now;
  private HistoryEvent arrives;

  PlayedTurns(Worker worker, NewInstance start, Instant now) {
    this.worker = worker;
    this.generation = start;
    this.now = now;
    this.arrives = Events.executionStarted(start);
  }

  /**
   * Plays until it continues as new.
   *
   * @param late how much later than it is due its timer fires
   */
  void untilItContinuesAsNew(Duration late) throws Exception {
    long before = generations;
    while (generations == before) {
      Turn turn = Turn.begin(instance(), history, List.of(arrives), now);
      Outcome outcome = turn.outcome(worker.orchestrate(turn.request()));
      history.addAll(outcome.played());
      arrives = next(outcome, late);
    }
  }

  private HistoryEvent next(Outcome outcome, Duration late) {
    if (outcome.next() instanceof Renewed renewed) {
      assertEquals(List.of(), renewed.carryOver());
      history.clear();
      generations++;
      generation = renewed.start();
      return Events.executionStarted(generation);
    }
    assertEquals(1, outcome.activities().size() + outcome.timers().size(), () -> "" + outcome);
    for (ActivityRequest activity : outcome.activities()) {
      return answer(activity);
    }
    Timer timer = outcome.timers().get(0);
    Instant fires = timer.fireAt().plus(late);
    now = fires.isAfter(now) ? fires : now;
    return Events.timerFired(timer.id(), timer.fireAt());
  }

  private HistoryEvent answer(ActivityRequest activity) {
    try {
      return Events.taskCompleted(activity.getTaskId(), worker.callActivity(activity));
    } catch (Exception thrown) {
      return Events.taskFailed(activity.getTaskId(), Failures.of(thrown));
    }
  }

  private Instance instance() {
    return new Instance(
        generation.id(),
        generations,
        generation.name(),
        null,
        ORCHESTRATION_STATUS_RUNNING,
        generation.input(),
        null,
        null,
        null,
        null,
        now,
        now,
        history.isEmpty() ? Instant.EPOCH : now,
        history.size());
  }
}
