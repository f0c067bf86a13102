package parley.game;

import static parley.platform.Database.prepare;
import static parley.platform.Database.set;
import static parley.platform.Database.time;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import parley.platform.Database;

/** When each session is to be looked at by a sweep: the column WakeAt. */
public final class DueSessions {

  private final Database database;

  public DueSessions(Database database) {
    this.database = database;
  }

  /** A session that a sweep has to look at. */
  record Due(UUID sessionId, long version) {}

  /**
   * Says when a sweep is to look at a session again, unless it has moved on.
   *
   * @param wakeAt null for never
   */
  void settle(UUID sessionId, long version, Instant wakeAt) {
    String sql = "UPDATE gamesession SET WakeAt = ? WHERE GUID = ? AND Version = ?";
    database.query(
        connection -> {
          try (PreparedStatement update =
              prepare(connection, sql, time(wakeAt), sessionId, version)) {
            return update.executeUpdate();
          }
        });
  }

  /**
   * Takes the sessions that are due for a sweep, the longest due first, and pushes each on, so that
   * it comes up again if this sweep does not get through to it.
   */
  List<Due> take(Instant now, Instant pushTo, int limit) {
    String select =
        """
        SELECT ID, GUID, Version FROM gamesession
        WHERE WakeAt <= ? ORDER BY WakeAt, ID LIMIT ? FOR UPDATE""";
    String push = "UPDATE gamesession SET WakeAt = ? WHERE ID = ?";
    return database.transaction(
        connection -> {
          List<Due> due = new ArrayList<>();
          try (PreparedStatement find = connection.prepareStatement(select);
              PreparedStatement update = connection.prepareStatement(push)) {
            set(find, time(now), limit);
            try (ResultSet rows = find.executeQuery()) {
              while (rows.next()) {
                due.add(new Due(SessionRows.id(rows, "GUID"), rows.getLong("Version")));
                set(update, time(pushTo), rows.getLong("ID"));
                update.addBatch();
              }
            }
            update.executeBatch();
          }
          return due;
        });
  }
}
