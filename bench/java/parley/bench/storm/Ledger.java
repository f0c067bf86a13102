package parley.bench.storm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads what the database holds of a game, past the app. */
final class Ledger implements AutoCloseable {

  private static final List<String> STATUS = List.of("matchmaking", "inProgress", "completed");

  private final ObjectMapper json = new ObjectMapper();
  private final Connection connection;

  Ledger(String url) throws SQLException {
    connection =
        DriverManager.getConnection(
            url
                + "&connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&connectTimeout=2000");
  }

  /** Whether the database lets anybody in. */
  static boolean canOpen(String url) {
    try {
      new Ledger(url).close();
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  Rows read(String sessionId) throws SQLException, IOException {
    String sql =
        """
        SELECT s.*, x.GUID AS X, o.GUID AS O, op.CreatedTime AS Joined, t.GUID AS Turn,
            w.GUID AS Winner, i.GUID AS Invited
        FROM gamesession s
        JOIN gamesession_player xp ON xp.GameSession_ID = s.ID AND xp.Seat = 'X'
        JOIN player x ON x.ID = xp.Player_ID
        LEFT JOIN gamesession_player op ON op.GameSession_ID = s.ID AND op.Seat = 'O'
        LEFT JOIN player o ON o.ID = op.Player_ID
        LEFT JOIN player t ON t.ID = s.CurrentTurnPlayer_ID
        LEFT JOIN player w ON w.ID = s.WinningPlayer_ID
        LEFT JOIN player i ON i.ID = s.InvitedPlayer_ID
        WHERE s.GUID = ?""";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, sessionId);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("the session " + sessionId + " is gone");
        }
        Snapshot session =
            new Snapshot(
                row.getLong("Version"),
                STATUS.get(row.getInt("GameStatus")),
                row.getString("X"),
                row.getString("O"),
                row.getString("Turn"),
                row.getString("BoardState"),
                row.getInt("MovesLeft"),
                row.getString("Winner"),
                row.getString("EndReason"));
        return new Rows(
            session,
            row.getString("Invited"),
            row.getString("InviteCode"),
            time(row, "Joined"),
            time(row, "UpdatedTime"),
            time(row, "TurnDeadline"),
            time(row, "WakeAt"),
            moves(row.getLong("ID")),
            told(row.getLong("ID")));
      }
    }
  }

  /** The version that the row of a session has. */
  long version(String sessionId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT Version FROM gamesession WHERE GUID = ?")) {
      select.setString(1, sessionId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** How many sessions there are. */
  long sessions() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT COUNT(*) FROM gamesession");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private List<Rows.Played> moves(long session) throws SQLException, IOException {
    String sql =
        """
        SELECT m.Seq, m.MoveId, p.GUID, m.Move, m.PlayedTime FROM gamesession_move m
        JOIN player p ON p.ID = m.Player_ID WHERE m.GameSession_ID = ? ORDER BY m.Seq""";
    List<Rows.Played> moves = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, session);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          String move = row.getString("Move");
          JsonNode cell = move == null ? null : json.readTree(move).path("cell");
          moves.add(
              new Rows.Played(
                  row.getInt("Seq"),
                  row.getString("MoveId"),
                  row.getString("GUID"),
                  cell == null ? null : cell.toString(),
                  time(row, "PlayedTime")));
        }
      }
    }
    return moves;
  }

  private List<Rows.Told> told(long session) throws SQLException {
    String sql =
        """
        SELECT n.SessionVersion, p.GUID, n.Kind FROM notification n
        JOIN player p ON p.ID = n.Player_ID WHERE n.GameSession_ID = ? ORDER BY n.ID""";
    List<Rows.Told> told = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, session);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          told.add(
              new Rows.Told(
                  row.getLong("SessionVersion"), row.getString("GUID"), row.getString("Kind")));
        }
      }
    }
    return told;
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }
}
