package parley.game;

import static parley.platform.Database.id;
import static parley.platform.Database.instant;
import static parley.platform.Database.prepare;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import parley.game.rules.GameRules.Position;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Player;
import parley.game.rules.GameSession.Status;
import parley.game.rules.Move;
import parley.platform.Json;

/** How a session lies in its tables: one row of gamesession, joined with one for each player. */
final class SessionRows {

  static final String TABLE = "gamesession";

  /** The columns of a session and of one of its players; needs the joins of {@link #JOINS}. */
  static final String COLUMNS =
      """
      s.ID, s.GUID, s.GameType, s.Settings, s.GameStatus, s.BoardState, s.MovesLeft,
      s.CurrentTurnPlayer_ID, s.WinningPlayer_ID, s.EndReason, s.TurnDeadline, s.InviteCode,
      s.Version, s.CreatedTime, s.UpdatedTime,
      (SELECT invited.GUID FROM player invited WHERE invited.ID = s.InvitedPlayer_ID) AS InvitedGUID,
      gp.ID AS SeatRow, gp.Player_ID, gp.Seat, p.GUID AS PlayerGUID, p.Name
      """;

  static final String JOINS =
      """
      JOIN gamesession_player gp ON gp.GameSession_ID = s.ID
      JOIN player p ON p.ID = gp.Player_ID
      """;

  /** Says in which order to join, for asking the optimizer costs more than the answer. */
  private static final String SELECT =
      "SELECT STRAIGHT_JOIN " + COLUMNS + " FROM gamesession s " + JOINS + " WHERE s.GUID = ?";

  /**
   * A session with its primary key and those of its players.
   *
   * @param playerRows in the order in which the seats were taken
   */
  record Row(long id, GameSession session, List<Long> playerRows) {

    /** The row once this version is written, which seats nobody else. */
    Row next(GameSession after) {
      return new Row(id, after, playerRows);
    }

    /** The row once this version is written, which seats one player more. */
    Row next(GameSession after, long joinedRow) {
      List<Long> rows = new ArrayList<>(playerRows);
      rows.add(joinedRow);
      return new Row(id, after, List.copyOf(rows));
    }

    /** The primary key of one of the players; null for null. */
    Long playerRow(UUID playerId) {
      for (int i = 0; i < playerRows.size(); i++) {
        if (session.players().get(i).playerId().equals(playerId)) {
          return playerRows.get(i);
        }
      }
      if (playerId != null) {
        throw new IllegalArgumentException(playerId + " does not play in " + session.sessionId());
      }
      return null;
    }
  }

  private record Seated(long seatRow, long playerRow, Player player) {}

  private SessionRows() {}

  /**
   * Reads all sessions of a result.
   *
   * @param rows the rows of each session together
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
  private static Row readOne(ResultSet rows) throws SQLException {
    long id = rows.getLong("ID");
    SessionColumns columns = SessionColumns.of(rows);
    List<Seated> seats = new ArrayList<>();
    do {
      Player player =
          new Player(id(rows, "PlayerGUID"), rows.getString("Name"), rows.getString("Seat"));
      seats.add(new Seated(rows.getLong("SeatRow"), rows.getLong("Player_ID"), player));
    } while (rows.next() && rows.getLong("ID") == id);
    // Sorted here, where it is for nothing.
    seats.sort(Comparator.comparing(Seated::seatRow));
    return new Row(id, columns.session(seats), seats.stream().map(Seated::playerRow).toList());
  }

  /** Loads a session. */
  static Optional<Row> load(Connection connection, UUID sessionId) throws SQLException {
    try (PreparedStatement select = prepare(connection, SELECT, sessionId);
        ResultSet rows = select.executeQuery()) {
      return rows.next() ? Optional.of(readOne(rows)) : Optional.empty();
    }
  }

  static Move move(ResultSet row, String playerColumn) throws SQLException {
    String text = row.getString("Move");
    return new Move(
        id(row, "MoveId"), id(row, playerColumn), text == null ? null : Json.readObject(text));
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
          instant(row, "TurnDeadline"),
          id(row, "InvitedGUID"),
          row.getString("InviteCode"),
          row.getLong("Version"),
          instant(row, "CreatedTime"),
          instant(row, "UpdatedTime"));
    }

    GameSession session(List<Seated> seats) {
      return new GameSession(
          sessionId,
          game,
          Json.readObject(settings),
          status,
          seats.stream().map(Seated::player).toList(),
          position,
          playerIn(seats, currentPlayerRow),
          playerIn(seats, winnerRow),
          endReason,
          turnDeadline,
          invitedPlayerId,
          inviteCode,
          version,
          createdAt,
          updatedAt);
    }

    private static UUID playerIn(List<Seated> seats, long playerRow) {
      return seats.stream()
          .filter(seat -> seat.playerRow() == playerRow)
          .map(seat -> seat.player().playerId())
          .findFirst()
          .orElse(null);
    }
  }
}
