package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /**
   * What an instance has to play next, at most so many events, and no more than about a megabyte
   * unless a single one is larger.
   */
  public Inbox inbox(String instance, int limit) throws SQLException {
    Filling filling = new Filling(limit);
    sql.each(
        filling::take,
        "SELECT lane, seq, event FROM inbox WHERE instance = ? ORDER BY lane, seq",
        instance);
    return new Inbox(filling.events, filling.last, filling.more);
  }

  /** An activity that has not answered; empty if it has, or is not wanted any more. */
  public Optional<ActivityRequest> activity(ActivityCall call) throws SQLException {
    return sql.first(
        row -> EventBytes.read(ActivityRequest.parser(), row.getBytes(1)),
        "SELECT request FROM task WHERE execution = ? AND id = ?",
        call.execution(),
        call.id());
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

  /**
   * The first of the instances that a query asks for, by id: no more than it asks for, and no more
   * than some megabytes of them unless a single one is larger.
   */
  public Page page(InstanceQuery query) throws SQLException {
    Page.Filling filling = new Page.Filling(query.limit());
    sql.each(filling::take, InstanceRow.SELECT + query.where() + " ORDER BY id", query.values());
    return filling.page();
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }

  /** Takes in an inbox until it is enough for a turn. */
  private static final class Filling {

    private static final int MOST_BYTES = 1 << 20;

    private final int mostEvents;
    private final List<HistoryEvent> events = new ArrayList<>();
    private Inbox.Position last;
    private int bytes;
    private boolean more;

    Filling(int mostEvents) {
      this.mostEvents = mostEvents;
    }

    boolean take(ResultSet row) throws SQLException {
      byte[] event = row.getBytes(3);
      more = events.size() == mostEvents || !events.isEmpty() && bytes + event.length > MOST_BYTES;
      if (!more) {
        events.add(EventBytes.read(HistoryEvent.parser(), event));
        last = new Inbox.Position(row.getInt(1), row.getLong(2));
        bytes += event.length;
      }
      return !more;
    }
  }
}
