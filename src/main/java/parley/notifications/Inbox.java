package parley.notifications;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.platform.Database;

/** What each player was, or is to be, told, as the player sees it. */
public final class Inbox {

  private final Database database;

  public Inbox(Database database) {
    this.database = database;
  }

  /** One notification. */
  record Entry(
      UUID id, String kind, UUID sessionId, long version, String status, Instant createdAt) {}

  /** Whether a notification is that player's. */
  boolean has(UUID playerId, UUID id) {
    return database.query(connection -> row(connection, playerId, id).isPresent());
  }

  /**
   * A player's inbox, oldest first.
   *
   * @param after the notification after which it begins; null for the first
   * @return empty if the player has no such notification
   */
  Optional<List<Entry>> of(UUID playerId, UUID after, int limit) {
    String sql =
        """
        SELECT n.GUID, n.Kind, n.SessionVersion, n.Status, n.CreatedTime, s.GUID AS SessionGUID
        FROM notification n
        JOIN player p ON p.ID = n.Player_ID
        JOIN gamesession s ON s.ID = n.GameSession_ID
        WHERE p.GUID = ? AND n.ID > ?
        ORDER BY n.ID LIMIT ?""";
    return database.query(
        connection -> {
          Optional<Long> from = after == null ? Optional.of(0L) : row(connection, playerId, after);
          if (from.isEmpty()) {
            return Optional.empty();
          }
          try (PreparedStatement select =
                  Database.prepare(connection, sql, playerId, from.get(), limit);
              ResultSet rows = select.executeQuery()) {
            List<Entry> entries = new ArrayList<>();
            while (rows.next()) {
              entries.add(entry(rows));
            }
            return Optional.of(entries);
          }
        });
  }

  private static Optional<Long> row(Connection connection, UUID playerId, UUID id)
      throws SQLException {
    String sql =
        """
        SELECT n.ID FROM notification n JOIN player p ON p.ID = n.Player_ID
        WHERE n.GUID = ? AND p.GUID = ?""";
    try (PreparedStatement select = Database.prepare(connection, sql, id, playerId);
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(rows.getLong("ID")) : Optional.empty();
    }
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        Database.id(row, "GUID"),
        row.getString("Kind"),
        Database.id(row, "SessionGUID"),
        row.getLong("SessionVersion"),
        row.getString("Status"),
        Database.instant(row, "CreatedTime"));
  }
}
