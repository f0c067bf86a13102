package parley.game;

import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import parley.platform.Database;
import parley.platform.Database.Write;

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
    Object[] values = {time(wakeAt), sessionId, version};
    database.commit(List.of(new Write(SessionRows.TABLE, sessionId, sql, values)));
  }

  /**
   * Takes the sessions that are due for a sweep, the longest due first, and pushes each on, so that
   * it comes up again if this sweep does not get through to it. What another has locked is left to
   * the next sweep.
   */
  List<Due> take(Instant now, Instant pushTo, int limit) {
    String select =
        """
        SELECT ID, GUID, Version FROM gamesession
        WHERE WakeAt <= ? ORDER BY WakeAt, ID LIMIT ? FOR UPDATE SKIP LOCKED""";
    return database.transaction(
        connection -> {
          List<Due> due = new ArrayList<>();
          List<Object> values = new ArrayList<>(List.of(time(pushTo)));
          try (PreparedStatement find = prepare(connection, select, time(now), limit);
              ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
              due.add(new Due(Database.id(rows, "GUID"), rows.getLong("Version")));
              values.add(rows.getLong("ID"));
            }
          }
          if (!due.isEmpty()) {
            String ids = String.join(",", Collections.nCopies(due.size(), "?"));
            String push = "UPDATE gamesession SET WakeAt = ? WHERE ID IN (" + ids + ")";
            try (PreparedStatement update = prepare(connection, push, values.toArray())) {
              update.executeUpdate();
            }
          }
          return due;
        });
  }
}
