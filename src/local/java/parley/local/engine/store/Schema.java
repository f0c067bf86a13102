package parley.local.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The store's tables, and how it is opened.
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
    "CREATE INDEX finished_by_time ON instance (updated_at) WHERE " + FINISHED,
    "PRAGMA user_version = " + VERSION
  };

  private Schema() {}

  /** Opens a connection whose commits survive a power cut. Commits are up to the caller. */
  static Connection writer(Path file) throws SQLException {
    Connection connection = connect(file, false);
    connection.setAutoCommit(false);
    return connection;
  }

  /** Opens a connection that sees what has been committed. */
  static Connection reader(Path file) throws SQLException {
    return connect(file, true);
  }

  /**
   * Makes the tables in a new store.
   *
   * @throws SQLException if the store was made by another version
   */
  static void prepare(Connection writer) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      int version = statement.executeQuery("PRAGMA user_version").getInt(1);
      if (version == 0) {
        for (String table : TABLES) {
          statement.execute(table);
        }
      } else if (version != VERSION) {
        throw new SQLException(
            "the durable store has version " + version + ", this engine reads version " + VERSION);
      }
      writer.commit();
    }
  }

  private static Connection connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    config.setReadOnly(readOnly);
    config.setGetGeneratedKeys(false); // else each insert makes a query for them
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }
}
