package parley.local.engine.store;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_PENDING;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.NewInstance;
import parley.local.engine.turn.Outcome;

/**
 * The store's statements, for its writer alone: these about instances, their history and inbox.
 * What they mean together is said in the changes.
 */
final class Rows {

  /**
   * Statuses of an instance that is not finished: RUNNING, CONTINUED_AS_NEW, PENDING, SUSPENDED.
   */
  private static final String ALIVE = "status IN (0, 2, 6, 7)";

  /** A suspended instance stays so whatever its last turn did, unless it ended. */
  private static final String RUNNING_UNLESS_SUSPENDED =
      "status = CASE status WHEN 7 THEN 7 ELSE 0 END";

  private final Sql sql;
  private final PendingRows pending;
  private final UpkeepRows upkeep;
  private long lastExecution;
  private long lastSeq;

  Rows(Sql sql) throws SQLException {
    this.sql = sql;
    this.pending = new PendingRows(sql);
    this.upkeep = new UpkeepRows(sql);
    lastExecution =
        sql.number(
            "SELECT max(coalesce((SELECT max(execution) FROM instance), 0),"
                + " coalesce((SELECT max(execution) FROM task), 0))");
    lastSeq = sql.number("SELECT coalesce(max(seq), 0) FROM inbox");
  }

  /** The statements about activities and timers. */
  PendingRows pending() {
    return pending;
  }

  /** The statements of upkeep: forgetting, and taking up again. */
  UpkeepRows upkeep() {
    return upkeep;
  }

  /** A number that no execution of this store has had, as far as anything is left of it. */
  long nextExecution() {
    return ++lastExecution;
  }

  Optional<Instance> instance(String id) throws SQLException {
    return sql.first(InstanceRow::read, InstanceRow.SELECT + " WHERE id = ?", id);
  }

  void insertInstance(NewInstance start, long execution, Instant now) throws SQLException {
    sql.update(
        "INSERT OR REPLACE INTO instance (id, execution, name, version, status, input, parent,"
            + " created_at, updated_at, turn_at, turns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
        start.id(),
        execution,
        start.name(),
        start.version(),
        ORCHESTRATION_STATUS_PENDING.getNumber(),
        start.input(),
        EventBytes.of(start.parent()),
        now.toEpochMilli(),
        now.toEpochMilli());
  }

  void deleteInstance(String id) throws SQLException {
    sql.update("DELETE FROM instance WHERE id = ?", id);
  }

  /** Returns false, and does nothing, if the instance is no more what it was before the turn. */
  boolean waits(Instance before, String customStatus, Instant turnAt, Instant now)
      throws SQLException {
    return sql.update(
            "UPDATE instance SET custom_status = ?, turn_at = ?, updated_at = ?, turns = turns + 1, "
                + RUNNING_UNLESS_SUSPENDED
                + " WHERE id = ? AND execution = ? AND "
                + ALIVE,
            customStatus,
            turnAt.toEpochMilli(),
            now.toEpochMilli(),
            before.id(),
            before.execution())
        == 1;
  }

  /** Returns false, and does nothing, if the instance is no more what it was before the turn. */
  boolean renew(
      Instance before,
      NewInstance start,
      long execution,
      String customStatus,
      Instant turnAt,
      Instant now)
      throws SQLException {
    return sql.update(
            "UPDATE instance SET execution = ?, version = ?, input = ?, custom_status = ?,"
                + " turn_at = ?, updated_at = ?, turns = 0, "
                + RUNNING_UNLESS_SUSPENDED
                + " WHERE id = ? AND execution = ? AND "
                + ALIVE,
            execution,
            start.version(),
            start.input(),
            customStatus,
            turnAt.toEpochMilli(),
            now.toEpochMilli(),
            before.id(),
            before.execution())
        == 1;
  }

  /** Returns false, and does nothing, if the instance is no more what it was before. */
  boolean finish(
      Instance before, Outcome.Next.Finished end, String customStatus, Instant turnAt, Instant now)
      throws SQLException {
    return sql.update(
            "UPDATE instance SET status = ?, output = ?, failure = ?, custom_status = ?,"
                + " turn_at = ?, updated_at = ?, turns = turns + 1"
                + " WHERE id = ? AND execution = ? AND "
                + ALIVE,
            end.status().getNumber(),
            end.output(),
            EventBytes.of(end.failure()),
            customStatus,
            turnAt.toEpochMilli(),
            now.toEpochMilli(),
            before.id(),
            before.execution())
        == 1;
  }

  void setStatus(String id, OrchestrationStatus status, Instant now) throws SQLException {
    sql.update(
        "UPDATE instance SET status = ?, updated_at = ? WHERE id = ?",
        status.getNumber(),
        now.toEpochMilli(),
        id);
  }

  void appendTurn(long execution, int turn, List<HistoryEvent> events) throws SQLException {
    sql.update(
        "INSERT INTO history (execution, turn, events) VALUES (?, ?, ?)",
        execution,
        turn,
        EventBytes.ofTurn(events));
  }

  void deleteHistory(long execution) throws SQLException {
    sql.update("DELETE FROM history WHERE execution = ?", execution);
  }

  /** Puts an event at the front of an instance's inbox, behind those that are there already. */
  void open(String instance, long execution, HistoryEvent event) throws SQLException {
    open(instance, execution, event.toByteArray());
  }

  /** The same with an event as the store keeps it. */
  void open(String instance, long execution, byte[] event) throws SQLException {
    sql.update(
        "INSERT INTO inbox (instance, lane, seq, execution, event) VALUES (?, ?, ?, ?, ?)",
        instance,
        Schema.OPENING,
        ++lastSeq,
        execution,
        event);
  }

  /** Removes what is left of a generation's opening, which may be more than a turn plays. */
  List<byte[]> takeOpening(String instance) throws SQLException {
    List<byte[]> events =
        sql.list(
            row -> row.getBytes(1),
            "SELECT event FROM inbox WHERE instance = ? AND lane = ? ORDER BY seq",
            instance,
            Schema.OPENING);
    if (!events.isEmpty()) {
      sql.update("DELETE FROM inbox WHERE instance = ? AND lane = ?", instance, Schema.OPENING);
    }
    return events;
  }

  /** Delivers an event to an instance unless it is missing or finished; returns whether it did. */
  boolean deliver(String instance, HistoryEvent event) throws SQLException {
    return sql.update(
            "INSERT INTO inbox (instance, lane, seq, execution, event) SELECT id, ?, ?, ?, ?"
                + " FROM instance WHERE id = ? AND "
                + ALIVE,
            Schema.ARRIVED,
            ++lastSeq,
            Schema.ANY_EXECUTION,
            event.toByteArray(),
            instance)
        == 1;
  }

  /** Delivers an event that is for one execution only; returns whether it did. */
  boolean deliver(String instance, long execution, HistoryEvent event) throws SQLException {
    return sql.update(
            "INSERT INTO inbox (instance, lane, seq, execution, event)"
                + " SELECT id, ?, ?, execution, ? FROM instance WHERE id = ? AND execution = ? AND "
                + ALIVE,
            Schema.ARRIVED,
            ++lastSeq,
            event.toByteArray(),
            instance,
            execution)
        == 1;
  }

  /** Removes what a turn has played. */
  void consume(String instance, Inbox.Position last) throws SQLException {
    sql.update(
        "DELETE FROM inbox WHERE instance = ? AND (lane, seq) <= (?, ?)",
        instance,
        last.lane(),
        last.seq());
  }

  /** Removes what has arrived for one execution only. */
  void dropAnswers(String instance, long execution) throws SQLException {
    sql.update(
        "DELETE FROM inbox WHERE instance = ? AND lane = ? AND execution = ?",
        instance,
        Schema.ARRIVED,
        execution);
  }

  void clearInbox(String instance) throws SQLException {
    sql.update("DELETE FROM inbox WHERE instance = ?", instance);
  }
}
