package parley.local.engine.store;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_RUNNING;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import parley.local.engine.turn.Events;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Outcome;

/**
 * A turn and all that it causes, as one change. It answers false, and changes nothing, if the
 * instance was terminated, purged or started over while the turn was being played.
 *
 * @param before the instance as the turn found it
 * @param inbox what the turn has played
 * @param at the turn's time
 * @param now the clock's
 */
public record PlayedTurn(Instance before, Inbox inbox, Instant at, Outcome outcome, Instant now)
    implements Change<Boolean> {

  @Override
  public Boolean apply(Rows rows, Effects effects) throws SQLException {
    boolean stored;
    if (outcome.next() instanceof Outcome.Next.Renewed renewed) {
      stored = renew(rows, effects, renewed);
    } else if (outcome.next() instanceof Outcome.Next.Finished finished) {
      stored = finish(rows, effects, finished);
    } else {
      stored = goOn(rows, effects);
    }
    if (stored) {
      call(rows, effects);
      startChildren(rows, effects);
      send(rows, effects);
    }
    return stored;
  }

  private boolean goOn(Rows rows, Effects effects) throws SQLException {
    if (!rows.waits(before, outcome.customStatus(), at, now)) {
      return false;
    }
    rows.consume(before.id(), inbox.last());
    rows.appendTurn(before.execution(), before.turns(), outcome.played());
    for (Outcome.Timer timer : outcome.timers()) {
      HistoryEvent fired = Events.timerFired(timer.id(), timer.fireAt());
      rows.pending()
          .insertTimer(before.id(), before.execution(), timer.id(), timer.fireAt(), fired);
      effects.timerAt(timer.fireAt());
    }
    effects.reached(before.id(), ORCHESTRATION_STATUS_RUNNING);
    return true;
  }

  private boolean renew(Rows rows, Effects effects, Outcome.Next.Renewed renewed)
      throws SQLException {
    long execution = rows.nextExecution();
    if (!rows.renew(before, renewed.start(), execution, outcome.customStatus(), at, now)) {
      return false;
    }
    rows.consume(before.id(), inbox.last());
    rows.dropAnswers(before.id(), before.execution());
    rows.pending().deleteTimers(before.execution());
    rows.deleteHistory(before.execution());
    List<byte[]> unplayed = rows.takeOpening(before.id()); // carried over once, and not yet seen
    rows.open(before.id(), execution, Events.executionStarted(renewed.start()));
    for (HistoryEvent event : renewed.carryOver()) {
      rows.open(before.id(), execution, event);
    }
    for (byte[] event : unplayed) {
      rows.open(before.id(), execution, event);
    }
    effects.ready(before.id());
    effects.reached(before.id(), ORCHESTRATION_STATUS_RUNNING);
    return true;
  }

  private boolean finish(Rows rows, Effects effects, Outcome.Next.Finished finished)
      throws SQLException {
    if (!rows.finish(before, finished, outcome.customStatus(), at, now)) {
      return false;
    }
    rows.appendTurn(before.execution(), before.turns(), outcome.played());
    StartAndEnd.conclude(rows, effects, before, finished);
    return true;
  }

  // What a turn has asked for is done however the turn goes on, also when the instance ends.

  private void call(Rows rows, Effects effects) throws SQLException {
    for (ActivityRequest activity : outcome.activities()) {
      rows.pending().insertTask(before.execution(), activity);
      effects.call(activity);
    }
  }

  private void startChildren(Rows rows, Effects effects) throws SQLException {
    for (NewInstance child : outcome.children()) {
      StartAndEnd.beginChild(rows, effects, child, now);
    }
  }

  private void send(Rows rows, Effects effects) throws SQLException {
    for (Outcome.Message message : outcome.messages()) {
      if (rows.deliver(message.instanceId(), message.event())) {
        effects.ready(message.instanceId());
      }
    }
  }
}
