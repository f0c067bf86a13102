package parley.local.engine.store;

import java.sql.Connection;
import java.sql.SQLException;
import parley.local.sqlite.DurableFile;

/**
 * The store's tables.
 *
 * <pre>
 * instance  a row for each instance, also the finished ones until they are purged
 * history   what an execution has played, a row for each turn
 * inbox     what an instance has not played yet; lane 0 holds the opening of a generation, lane 1
 *           what has arrived for it; execution 0 is for whichever generation gets to it
 * task      activities that were called and have not answered yet
 * timer     events that are due later
 * </pre>
 *
 * Times are milliseconds since 1970, messages are protobuf bytes.
 */
final class Schema {

  static final int OPENING = 0;
  static final int ARRIVED = 1;
  static final int ANY_EXECUTION = 0;

  /** COMPLETED, FAILED, CANCELED, TERMINATED; in the words of the index, so that it is used. */
  static final String FINISHED = "status IN (1, 3, 4, 5)";

  private static final int VERSION = 1;

  private static final String[] TABLES = {
    """
    CREATE TABLE instance (
      id TEXT NOT NULL PRIMARY KEY,
      execution INTEGER NOT NULL,
      name TEXT NOT NULL,
      version TEXT,
      status INTEGER NOT NULL,
      input TEXT,
      output TEXT,
      custom_status TEXT,
      failure BLOB,
      parent BLOB,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      turn_at INTEGER NOT NULL,
      turns INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE history (
      execution INTEGER NOT NULL,
      turn INTEGER NOT NULL,
      events BLOB NOT NULL,
      PRIMARY KEY (execution, turn)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE inbox (
      instance TEXT NOT NULL,
      lane INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      execution INTEGER NOT NULL,
      event BLOB NOT NULL,
      PRIMARY KEY (instance, lane, seq)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE task (
      execution INTEGER NOT NULL,
      id INTEGER NOT NULL,
      request BLOB NOT NULL,
      PRIMARY KEY (execution, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE timer (
      execution INTEGER NOT NULL,
      id INTEGER NOT NULL,
      fire_at INTEGER NOT NULL,
      instance TEXT NOT NULL,
      event BLOB NOT NULL,
      PRIMARY KEY (execution, id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX timer_by_time ON timer (fire_at)",
    "CREATE INDEX finished_by_time ON instance (updated_at) WHERE " + FINISHED
  };

  private Schema() {}

  /**
   * Makes the tables in a new file.
   *
   * @throws SQLException if the file was made by another version
   */
  static void prepare(Connection writer) throws SQLException {
    DurableFile.prepare(writer, "the durable store", VERSION, TABLES);
  }
}
