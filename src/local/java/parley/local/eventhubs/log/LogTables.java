package parley.local.eventhubs.log;

import com.azure.messaging.eventhubs.models.Checkpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one transaction of the writer does to the tables, and what it makes of the partitions. */
final class LogTables implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement insertEvent;
  private final PreparedStatement saveExtent;
  private final PreparedStatement deleteEvents;
  private final PreparedStatement saveCheckpoint;

  /** The partitions that this transaction has changed. */
  private final Map<Partition, Extent> changed = new HashMap<>();

  LogTables(Connection connection) throws SQLException {
    this.connection = connection;
    insertEvent = connection.prepareStatement("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)");
    saveExtent =
        connection.prepareStatement(
            """
            UPDATE partition
            SET first = ?, next = ?, last_offset = ?, next_offset = ?, last_enqueued_at = ?
            WHERE id = ?
            """);
    deleteEvents = connection.prepareStatement("DELETE FROM event WHERE key >= ? AND key < ?");
    saveCheckpoint =
        connection.prepareStatement("INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?, ?)");
  }

  /** Adds events at the end of a partition. */
  void append(Partition partition, List<NewEvent> events, long now) throws SQLException {
    Extent extent = extent(partition);
    for (NewEvent event : events) {
      long sequence = extent.next();
      extent = extent.with(event.bytes(), now);
      insertEvent.setLong(1, LogSchema.key(partition, sequence));
      insertEvent.setLong(2, extent.lastOffset());
      insertEvent.setLong(3, extent.lastEnqueuedAt());
      insertEvent.setString(4, event.partitionKey());
      insertEvent.setBytes(5, event.annotations());
      insertEvent.setBytes(6, event.message());
      insertEvent.executeUpdate();
    }
    changed.put(partition, extent);
  }

  /** Forgets the events before that one. */
  void forget(Partition partition, long before) throws SQLException {
    Extent extent = extent(partition);
    deleteEvents.setLong(1, LogSchema.key(partition, extent.first()));
    deleteEvents.setLong(2, LogSchema.key(partition, before));
    deleteEvents.executeUpdate();
    changed.put(partition, extent.startingAt(before));
  }

  void save(Checkpoint checkpoint) throws SQLException {
    saveCheckpoint.setString(1, checkpoint.getFullyQualifiedNamespace());
    saveCheckpoint.setString(2, checkpoint.getEventHubName());
    saveCheckpoint.setString(3, checkpoint.getConsumerGroup());
    saveCheckpoint.setString(4, checkpoint.getPartitionId());
    saveCheckpoint.setString(5, checkpoint.getOffsetString());
    saveCheckpoint.setObject(6, checkpoint.getSequenceNumber());
    saveCheckpoint.executeUpdate();
  }

  /** Makes all of it durable, and returns the partitions that have changed. */
  List<Partition> commit() throws SQLException {
    for (Map.Entry<Partition, Extent> entry : changed.entrySet()) {
      Extent extent = entry.getValue();
      saveExtent.setLong(1, extent.first());
      saveExtent.setLong(2, extent.next());
      saveExtent.setLong(3, extent.lastOffset());
      saveExtent.setLong(4, extent.nextOffset());
      saveExtent.setLong(5, extent.lastEnqueuedAt());
      saveExtent.setLong(6, entry.getKey().id());
      saveExtent.executeUpdate();
    }
    connection.commit();
    changed.forEach(Partition::reaches);
    List<Partition> partitions = List.copyOf(changed.keySet());
    changed.clear();
    return partitions;
  }

  void rollback() throws SQLException {
    changed.clear();
    connection.rollback();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private Extent extent(Partition partition) {
    return changed.getOrDefault(partition, partition.extent());
  }
}
