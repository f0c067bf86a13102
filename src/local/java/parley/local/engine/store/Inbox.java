package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.util.List;

/**
 * What has arrived for an instance and is to be played next, in order.
 *
 * @param last where its last event stands
 * @param more whether more has arrived than one turn plays
 */
public record Inbox(List<HistoryEvent> events, Position last, boolean more) {

  /** A place in the order of an inbox. */
  record Position(int lane, long seq) {}

  /** Whether it opens a generation. One that is to start later gets events before its opening. */
  public boolean opens() {
    return !events.isEmpty() && events.get(0).hasExecutionStarted();
  }
}
