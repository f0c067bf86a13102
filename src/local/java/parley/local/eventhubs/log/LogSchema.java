package parley.local.eventhubs.log;

import java.sql.Connection;
import java.sql.SQLException;
import parley.local.sqlite.DurableFile;

/**
 * The log's tables.
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
    """
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

  /**
   * Makes the tables in a new file.
   *
   * @throws SQLException if the file was made by another version
   */
  static void prepare(Connection writer) throws SQLException {
    DurableFile.prepare(writer, "the log of events", VERSION, TABLES);
  }
}
