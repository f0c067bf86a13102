package parley.local.eventhubs.log;

import com.azure.messaging.eventhubs.models.Checkpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** Reads what is committed. One thread at a time. */
final class LogReader implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement events;
  private final PreparedStatement place;
  private final PreparedStatement checkpoints;

  LogReader(Connection connection) throws SQLException {
    this.connection = connection;
    events =
        connection.prepareStatement(
            "SELECT * FROM event WHERE key >= ? AND key < ? ORDER BY key LIMIT ?");
    place = connection.prepareStatement("SELECT offset, enqueued_at FROM event WHERE key = ?");
    checkpoints =
        connection.prepareStatement(
            """
            SELECT partition, offset, sequence FROM checkpoint
            WHERE namespace = ? AND hub = ? AND consumer_group = ?
            """);
  }

  /**
   * The events from that sequence number on: no more than so many, nor than about so many bytes.
   */
  List<StoredEvent> events(Partition partition, long from, int most, int mostBytes)
      throws SQLException {
    events.setLong(1, LogSchema.key(partition, from));
    events.setLong(2, LogSchema.key(partition, partition.extent().next()));
    events.setInt(3, most);
    List<StoredEvent> found = new ArrayList<>();
    int bytes = 0;
    try (ResultSet rows = events.executeQuery()) {
      while (bytes < mostBytes && rows.next()) {
        NewEvent event = new NewEvent(rows.getString(4), rows.getBytes(5), rows.getBytes(6));
        found.add(
            new StoredEvent(
                LogSchema.sequence(rows.getLong(1)), rows.getLong(2), rows.getLong(3), event));
        bytes += event.bytes();
      }
    }
    return found;
  }

  /**
   * The sequence number of the first event at a position; that of the next event to come if there
   * is none yet.
   *
   * @throws PositionException if the position lies behind the end
   */
  long find(Partition partition, Position position) throws SQLException {
    Extent extent = partition.extent();
    if (position instanceof Position.Earliest) {
      return extent.first();
    }
    if (position instanceof Position.Latest) {
      return extent.next();
    }
    if (position instanceof Position.Sequence wanted) {
      requireWithin(wanted.sequence(), extent.next(), extent.last(), "sequence number", partition);
      return Math.max(extent.first(), wanted.sequence() + (wanted.inclusive() ? 0 : 1));
    }
    if (position instanceof Position.Offset wanted) {
      requireWithin(wanted.offset(), extent.lastOffset(), extent.lastOffset(), "offset", partition);
      long least = wanted.offset() + (wanted.inclusive() ? 0 : 1);
      return firstWhere(partition, extent, 1, offset -> offset >= least);
    }
    Position.Time wanted = (Position.Time) position;
    long least = wanted.millis() + (wanted.inclusive() ? 0 : 1);
    return firstWhere(partition, extent, 2, time -> time >= least);
  }

  List<Checkpoint> checkpoints(String namespace, String hub, String consumerGroup)
      throws SQLException {
    checkpoints.setString(1, namespace);
    checkpoints.setString(2, hub);
    checkpoints.setString(3, consumerGroup);
    List<Checkpoint> found = new ArrayList<>();
    try (ResultSet rows = checkpoints.executeQuery()) {
      while (rows.next()) {
        found.add(
            new Checkpoint()
                .setFullyQualifiedNamespace(namespace)
                .setEventHubName(hub)
                .setConsumerGroup(consumerGroup)
                .setPartitionId(rows.getString(1))
                .setOffsetString(rows.getString(2))
                .setSequenceNumber(rows.getObject(3, Long.class)));
      }
    }
    return found;
  }

  /** Sequence numbers have no gaps, and offsets and times grow with them: bisects. */
  private long firstWhere(Partition partition, Extent extent, int column, LongPredicate holds)
      throws SQLException {
    long low = extent.first();
    long high = extent.next();
    while (low < high) {
      long middle = low + (high - low) / 2;
      place.setLong(1, LogSchema.key(partition, middle));
      try (ResultSet row = place.executeQuery()) {
        // An event that is gone was purged meanwhile, so it lies before what is wanted.
        if (row.next() && holds.test(row.getLong(column))) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
    }
    return low;
  }

  private static void requireWithin(
      long wanted, long most, long last, String what, Partition partition) {
    if (wanted > most) {
      throw new PositionException(
          "The supplied %s '%d' is invalid: the last one in %s is '%d'."
              .formatted(what, wanted, partition, last));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
