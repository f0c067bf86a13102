package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.local.engine.turn.Instance;

/** Reads what is committed. One thread at a time. */
public final class Reader implements AutoCloseable {

  private final Sql sql;

  Reader(Sql sql) {
    this.sql = sql;
  }

  public Optional<Instance> instance(String id) throws SQLException {
    return sql.first(InstanceRow::read, InstanceRow.SELECT + " WHERE id = ?", id);
  }

  /** What an instance has to play next, at most so many events. */
  public Inbox inbox(String instance, int limit) throws SQLException {
    List<Received> received =
        sql.list(
            row ->
                new Received(
                    new Inbox.Position(row.getInt(1), row.getLong(2)),
                    EventBytes.read(HistoryEvent.parser(), row.getBytes(3))),
            "SELECT lane, seq, event FROM inbox WHERE instance = ? ORDER BY lane, seq LIMIT ?",
            instance,
            limit + 1);
    boolean more = received.size() > limit;
    List<Received> now = more ? received.subList(0, limit) : received;
    Inbox.Position last = now.isEmpty() ? null : now.get(now.size() - 1).at();
    return new Inbox(now.stream().map(Received::event).toList(), last, more);
  }

  /** All that an execution has played, in order. */
  public List<HistoryEvent> history(long execution) throws SQLException {
    List<HistoryEvent> events = new ArrayList<>();
    for (byte[] turn :
        sql.list(
            row -> row.getBytes(1),
            "SELECT events FROM history WHERE execution = ? ORDER BY turn",
            execution)) {
      events.addAll(EventBytes.turn(turn));
    }
    return events;
  }

  /** The first so many of the instances that a query asks for, by id. */
  public List<Instance> instances(InstanceQuery query, int limit) throws SQLException {
    return sql.list(
        InstanceRow::read,
        InstanceRow.SELECT + query.where() + " ORDER BY id LIMIT " + limit,
        query.values());
  }

  /** Everything that was left to do when the store was last closed, or its process ended. */
  public Effects unfinished() throws SQLException {
    Effects effects = new Effects();
    sql.list(row -> row.getString(1), "SELECT DISTINCT instance FROM inbox")
        .forEach(effects::ready);
    sql.list(
            row -> EventBytes.read(ActivityRequest.parser(), row.getBytes(1)),
            "SELECT request FROM task ORDER BY execution, id")
        .forEach(effects::call);
    sql.first(
            row -> Instant.ofEpochMilli(row.getLong(1)),
            "SELECT fire_at FROM timer ORDER BY fire_at LIMIT 1")
        .ifPresent(effects::timerAt);
    return effects;
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }

  private record Received(Inbox.Position at, HistoryEvent event) {}
}
