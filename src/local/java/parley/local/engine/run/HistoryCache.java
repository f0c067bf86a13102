package parley.local.engine.run;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The histories of the executions that played last. An execution's history grows by its own turns
 * only, one at a time, so what is here is what is stored.
 */
final class HistoryCache {

  private final int mostEvents;
  private final Map<Long, List<HistoryEvent>> histories = new LinkedHashMap<>(16, 0.75f, true);
  private int events;

  /**
   * @param mostEvents how many events it holds, of all histories together
   */
  HistoryCache(int mostEvents) {
    this.mostEvents = mostEvents;
  }

  synchronized Optional<List<HistoryEvent>> get(long execution) {
    return Optional.ofNullable(histories.get(execution));
  }

  synchronized void put(long execution, List<HistoryEvent> history) {
    remove(execution);
    histories.put(execution, history);
    events += history.size();
    Iterator<List<HistoryEvent>> oldest = histories.values().iterator();
    while (events > mostEvents) {
      events -= oldest.next().size();
      oldest.remove();
    }
  }

  synchronized void remove(long execution) {
    List<HistoryEvent> removed = histories.remove(execution);
    events -= removed == null ? 0 : removed.size();
  }
}
