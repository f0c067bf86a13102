package parley.game;

import static parley.platform.Database.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import parley.game.rules.GameRules.Position;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Player;
import parley.game.rules.GameSession.Status;
import parley.platform.Json;

/** How a session lies in its tables: one row of gamesession, joined with one for each player. */
final class SessionRows {

  /** The columns of a session and of one of its players; needs the joins of {@link #JOINS}. */
  static final String COLUMNS =
      """
      s.ID, s.GUID, s.GameType, s.Settings, s.GameStatus, s.BoardState, s.MovesLeft,
      s.CurrentTurnPlayer_ID, s.WinningPlayer_ID, s.EndReason, s.TurnDeadline, s.InviteCode,
      s.Version, s.CreatedTime, s.UpdatedTime, invited.GUID AS InvitedGUID,
      gp.Player_ID, gp.Seat, p.GUID AS PlayerGUID, p.Name
      """;

  static final String JOINS =
      """
      JOIN gamesession_player gp ON gp.GameSession_ID = s.ID
      JOIN player p ON p.ID = gp.Player_ID
      LEFT JOIN player invited ON invited.ID = s.InvitedPlayer_ID
      """;

  /** A session with its primary key. */
  record Row(long id, GameSession session) {}

  private SessionRows() {}

  /**
   * Reads all sessions of a result.
   *
   * @param rows the rows of each session together, in the order in which its seats were taken
   */
  static List<Row> read(ResultSet rows) throws SQLException {
    List<Row> sessions = new ArrayList<>();
    if (rows.next()) {
      do {
        sessions.add(readOne(rows));
      } while (!rows.isAfterLast());
    }
    return sessions;
  }

  /** Reads the session that begins at the current row, and moves on to the row behind it. */
  static Row readOne(ResultSet rows) throws SQLException {
    long id = rows.getLong("ID");
    SessionColumns columns = SessionColumns.of(rows);
    List<Player> players = new ArrayList<>();
    UUID current = null;
    UUID winner = null;
    do {
      UUID playerId = UUID.fromString(rows.getString("PlayerGUID"));
      long playerRow = rows.getLong("Player_ID");
      players.add(new Player(playerId, rows.getString("Name"), rows.getString("Seat")));
      current = playerRow == columns.currentPlayerRow() ? playerId : current;
      winner = playerRow == columns.winnerRow() ? playerId : winner;
    } while (rows.next() && rows.getLong("ID") == id);
    return new Row(id, columns.session(List.copyOf(players), current, winner));
  }

  static UUID id(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : UUID.fromString(text);
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return instant(row.getObject(column, LocalDateTime.class));
  }

  /** What gamesession itself says of a session. */
  private record SessionColumns(
      UUID sessionId,
      String game,
      String settings,
      Status status,
      Position position,
      long currentPlayerRow,
      long winnerRow,
      EndReason endReason,
      Instant turnDeadline,
      UUID invitedPlayerId,
      String inviteCode,
      long version,
      Instant createdAt,
      Instant updatedAt) {

    static SessionColumns of(ResultSet row) throws SQLException {
      String endReason = row.getString("EndReason");
      return new SessionColumns(
          id(row, "GUID"),
          row.getString("GameType"),
          row.getString("Settings"),
          Status.values()[row.getInt("GameStatus")],
          new Position(row.getString("BoardState"), row.getInt("MovesLeft")),
          row.getLong("CurrentTurnPlayer_ID"),
          row.getLong("WinningPlayer_ID"),
          endReason == null ? null : EndReason.valueOf(endReason.toUpperCase(Locale.ROOT)),
          time(row, "TurnDeadline"),
          id(row, "InvitedGUID"),
          row.getString("InviteCode"),
          row.getLong("Version"),
          time(row, "CreatedTime"),
          time(row, "UpdatedTime"));
    }

    GameSession session(List<Player> players, UUID current, UUID winner) {
      return new GameSession(
          sessionId,
          game,
          Json.readObject(settings),
          status,
          players,
          position,
          current,
          winner,
          endReason,
          turnDeadline,
          invitedPlayerId,
          inviteCode,
          version,
          createdAt,
          updatedAt);
    }
  }
}
