package parley.local.engine.store;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_FAILED;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ParentInstanceInfo;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.local.engine.turn.Instance;

/** The statements of upkeep: purging instances, wiping the store, and rewinding. */
final class UpkeepRows {

  private static final String[] TABLES = {"instance", "history", "inbox", "task", "timer"};

  private final Sql sql;

  UpkeepRows(Sql sql) {
    this.sql = sql;
  }

  /** An instance without its payloads, which may be large, or unreadable. */
  record Brief(String id, long execution, boolean finished) {

    private static final String SELECT =
        "SELECT id, execution, " + Schema.FINISHED + " FROM instance";

    private static Brief read(ResultSet row) throws SQLException {
      return new Brief(row.getString(1), row.getLong(2), row.getBoolean(3));
    }
  }

  /** The first of the instances that a query asks for, by id, as many as it asks for. */
  List<Brief> instances(InstanceQuery query) throws SQLException {
    List<Brief> found = new ArrayList<>();
    sql.each(
        row -> found.add(Brief.read(row)) && found.size() < query.limit(),
        Brief.SELECT + query.where() + " ORDER BY id",
        query.values());
    return found;
  }

  Optional<Brief> brief(String id) throws SQLException {
    return sql.first(Brief::read, Brief.SELECT + " WHERE id = ?", id);
  }

  Optional<Instance> instance(long execution) throws SQLException {
    return sql.first(InstanceRow::read, InstanceRow.SELECT + " WHERE execution = ?", execution);
  }

  List<String> instancesWithInbox() throws SQLException {
    return sql.list(row -> row.getString(1), "SELECT DISTINCT instance FROM inbox");
  }

  /** Some of the instances that finished before a time. */
  List<Brief> finishedBefore(Instant time, int limit) throws SQLException {
    return sql.list(
        Brief::read,
        Brief.SELECT + " WHERE " + Schema.FINISHED + " AND updated_at < ? LIMIT ?",
        time.toEpochMilli(),
        limit);
  }

  /** Empties the store. */
  void deleteEverything() throws SQLException {
    for (String table : TABLES) {
      sql.update("DELETE FROM " + table);
    }
  }

  /** Replaces what may be unreadable of an instance; returns false if it has finished. */
  boolean failUnreadable(String id, TaskFailureDetails failure, Instant now) throws SQLException {
    return sql.update(
            "UPDATE instance SET status = ?, output = NULL, failure = ?, parent = NULL,"
                + " updated_at = ? WHERE id = ? AND NOT "
                + Schema.FINISHED,
            ORCHESTRATION_STATUS_FAILED.getNumber(),
            failure.toByteArray(),
            now.toEpochMilli(),
            id)
        == 1;
  }

  /** What an execution has played, turn by turn. */
  List<List<HistoryEvent>> turns(long execution) throws SQLException {
    List<List<HistoryEvent>> turns = new ArrayList<>();
    for (byte[] turn :
        sql.list(
            row -> row.getBytes(1),
            "SELECT events FROM history WHERE execution = ? ORDER BY turn",
            execution)) {
      turns.add(EventBytes.turn(turn));
    }
    return turns;
  }

  /** Takes a finished instance back to one that runs, with the first so many turns of it. */
  void rewind(Instance finished, long execution, int turns, ParentInstanceInfo parent, Instant now)
      throws SQLException {
    sql.update(
        "UPDATE instance SET execution = ?, status = 0, output = NULL, failure = NULL, parent = ?,"
            + " updated_at = ?, turns = ? WHERE id = ?",
        execution,
        EventBytes.of(parent),
        now.toEpochMilli(),
        turns,
        finished.id());
    sql.update(
        "UPDATE history SET execution = ? WHERE execution = ? AND turn < ?",
        execution,
        finished.execution(),
        turns);
    sql.update("DELETE FROM history WHERE execution = ?", finished.execution());
    sql.update("DELETE FROM task WHERE execution = ?", finished.execution());
  }

  /** Has a sub-orchestration answer to another execution of its parent. */
  void setParent(String child, ParentInstanceInfo parent) throws SQLException {
    sql.update("UPDATE instance SET parent = ? WHERE id = ?", EventBytes.of(parent), child);
  }
}
