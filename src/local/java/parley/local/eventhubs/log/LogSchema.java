package parley.local.eventhubs.log;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * The log's tables, and how it is opened.
 *
 * <pre>
 * partition   a row for each partition of each hub, with its {@link Extent}
 * event       what was sent; its key is the partition's id and the sequence number in one number, so
 *             that a partition lies in one piece and an append needs no index
 * checkpoint  how far a consumer group has come
 * </pre>
 *
 * Times are milliseconds since 1970.
 */
final class LogSchema {

  /** A partition's part of the key space: more events than anybody sends to one. */
  private static final int SEQUENCE_BITS = 40;

  private static final int VERSION = 1;

  private static final String[] TABLES = {
    """
    CREATE TABLE partition (
      id INTEGER PRIMARY KEY,
      hub TEXT NOT NULL,
      number INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      first INTEGER NOT NULL,
      next INTEGER NOT NULL,
      last_offset INTEGER NOT NULL,
      next_offset INTEGER NOT NULL,
      last_enqueued_at INTEGER NOT NULL,
      UNIQUE (hub, number)
    )
    """,
    """
    CREATE TABLE event (
      key INTEGER PRIMARY KEY,
      offset INTEGER NOT NULL,
      enqueued_at INTEGER NOT NULL,
      partition_key TEXT,
      annotations BLOB,
      message BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE checkpoint (
      namespace TEXT NOT NULL,
      hub TEXT NOT NULL,
      consumer_group TEXT NOT NULL,
      partition TEXT NOT NULL,
      offset TEXT,
      sequence INTEGER,
      PRIMARY KEY (namespace, hub, consumer_group, partition)
    ) WITHOUT ROWID
    """,
    "PRAGMA user_version = " + VERSION
  };

  private LogSchema() {}

  /** The key of an event. */
  static long key(Partition partition, long sequence) {
    return partition.id() << SEQUENCE_BITS | sequence;
  }

  /** The sequence number in a key. */
  static long sequence(long key) {
    return key & ((1L << SEQUENCE_BITS) - 1);
  }

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
   * Makes the tables in a new log.
   *
   * @throws SQLException if the log was made by another version
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
            "the log of events has version " + version + ", this program reads " + VERSION);
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
