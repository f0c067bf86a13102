package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The statements about what instances wait for: activities that are called, timers that are set.
 */
final class PendingRows {

  private final Sql sql;

  PendingRows(Sql sql) {
    this.sql = sql;
  }

  void insertTask(long execution, ActivityRequest request) throws SQLException {
    sql.update(
        "INSERT INTO task (execution, id, request) VALUES (?, ?, ?)",
        execution,
        request.getTaskId(),
        request.toByteArray());
  }

  /** Returns false if it was not there: it has answered before. */
  boolean deleteTask(long execution, int id) throws SQLException {
    return sql.update("DELETE FROM task WHERE execution = ? AND id = ?", execution, id) == 1;
  }

  /** Hands over all activities that have not answered, one by one. */
  void tasks(Consumer<Task> taker) throws SQLException {
    sql.each(
        row -> {
          taker.accept(new Task(row.getLong(1), row.getInt(2), row.getBytes(3)));
          return true;
        },
        "SELECT execution, id, request FROM task ORDER BY execution, id");
  }

  void insertTimer(String instance, long execution, int id, Instant fireAt, HistoryEvent event)
      throws SQLException {
    sql.update(
        "INSERT INTO timer (execution, id, fire_at, instance, event) VALUES (?, ?, ?, ?, ?)",
        execution,
        id,
        fireAt.plusNanos(999_999).toEpochMilli(), // never before its time
        instance,
        event.toByteArray());
  }

  /** The earliest timers that are due. */
  List<DueTimer> dueTimers(Instant now, int limit) throws SQLException {
    return sql.list(
        row -> new DueTimer(row.getLong(1), row.getInt(2), row.getString(3), row.getBytes(4)),
        "SELECT execution, id, instance, event FROM timer WHERE fire_at <= ?"
            + " ORDER BY fire_at, execution, id LIMIT ?",
        now.toEpochMilli(),
        limit);
  }

  /** When the earliest timer is due. */
  Optional<Instant> nextTimer() throws SQLException {
    return sql.first(
        row -> Instant.ofEpochMilli(row.getLong(1)),
        "SELECT fire_at FROM timer ORDER BY fire_at LIMIT 1");
  }

  void deleteTimer(DueTimer timer) throws SQLException {
    sql.update("DELETE FROM timer WHERE execution = ? AND id = ?", timer.execution(), timer.id());
  }

  void deleteTimers(long execution) throws SQLException {
    sql.update("DELETE FROM timer WHERE execution = ?", execution);
  }

  /** An activity that has not answered. */
  record Task(long execution, int id, byte[] request) {}

  /** A timer whose time has come. */
  record DueTimer(long execution, int id, String instance, byte[] event) {}
}
