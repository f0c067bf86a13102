package parley.local.eventhubs.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Finds the hubs of a log, and makes the missing ones. */
final class HubTable {

  private HubTable() {}

  /**
   * Reads all hubs. A hub that is there keeps the partitions that it has.
   *
   * @param wanted names of hubs that are made if they are not there
   * @param partitions how many a new hub gets
   */
  static Map<String, Hub> open(
      Connection writer, Collection<String> wanted, int partitions, Instant now)
      throws SQLException {
    Map<String, Hub> hubs = read(writer);
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT INTO partition VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (String name : wanted) {
        String hub = name.toLowerCase(Locale.ROOT);
        for (int number = 0; !hubs.containsKey(hub) && number < partitions; number++) {
          insert.setString(1, hub);
          insert.setInt(2, number);
          insert.setLong(3, now.toEpochMilli());
          insert.setLong(4, Extent.NOTHING.first());
          insert.setLong(5, Extent.NOTHING.next());
          insert.setLong(6, Extent.NOTHING.lastOffset());
          insert.setLong(7, Extent.NOTHING.nextOffset());
          insert.setLong(8, Extent.NOTHING.lastEnqueuedAt());
          insert.executeUpdate();
        }
        hubs.putIfAbsent(hub, new Hub(hub, now, List.of()));
      }
    }
    writer.commit();
    return read(writer);
  }

  private static Map<String, Hub> read(Connection writer) throws SQLException {
    Map<String, List<Partition>> partitions = new TreeMap<>();
    Map<String, Instant> created = new TreeMap<>();
    try (PreparedStatement select =
            writer.prepareStatement("SELECT * FROM partition ORDER BY hub, number");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String hub = rows.getString("hub");
        Extent extent =
            new Extent(
                rows.getLong("first"),
                rows.getLong("next"),
                rows.getLong("last_offset"),
                rows.getLong("next_offset"),
                rows.getLong("last_enqueued_at"));
        partitions
            .computeIfAbsent(hub, name -> new ArrayList<>())
            .add(new Partition(rows.getLong("id"), hub, rows.getInt("number"), extent));
        created.put(hub, Instant.ofEpochMilli(rows.getLong("created_at")));
      }
    }
    writer.commit();
    Map<String, Hub> hubs = new TreeMap<>();
    partitions.forEach((name, own) -> hubs.put(name, new Hub(name, created.get(name), own)));
    return hubs;
  }
}
