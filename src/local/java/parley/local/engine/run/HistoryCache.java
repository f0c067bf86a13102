package parley.local.engine.run;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.util.ArrayList;
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

  private final long mostBytes;
  private final Map<Long, History> histories = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostBytes how much it holds, as the store counts; in memory that is several times as
   *     much
   */
  HistoryCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  synchronized Optional<List<HistoryEvent>> get(long execution) {
    return Optional.ofNullable(histories.get(execution)).map(History::events);
  }

  /** Keeps what an execution has played: what it had in the past, and now. */
  synchronized void put(long execution, List<HistoryEvent> past, List<HistoryEvent> played) {
    History before = remove(execution);
    List<HistoryEvent> events = new ArrayList<>(past.size() + played.size());
    events.addAll(past);
    events.addAll(played);
    long size = (before == null ? size(past) : before.bytes()) + size(played);
    histories.put(execution, new History(events, size));
    bytes += size;
    Iterator<History> oldest = histories.values().iterator();
    while (bytes > mostBytes) {
      bytes -= oldest.next().bytes();
      oldest.remove();
    }
  }

  synchronized void forget(long execution) {
    remove(execution);
  }

  private History remove(long execution) {
    History removed = histories.remove(execution);
    bytes -= removed == null ? 0 : removed.bytes();
    return removed;
  }

  private static long size(List<HistoryEvent> events) {
    return events.stream().mapToLong(HistoryEvent::getSerializedSize).sum();
  }

  private record History(List<HistoryEvent> events, long bytes) {}
}
