package parley.game;

import static parley.platform.Database.id;
import static parley.platform.Database.instant;
import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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

  /**
   * A session as it stands, and the move that it holds under the id that was asked for.
   *
   * @param earlier null if the session holds none
   */
  record Table(GameSession session, Move earlier) {}

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
      UUID playerId = id(rows, "PlayerGUID");
      long playerRow = rows.getLong("Player_ID");
      players.add(new Player(playerId, rows.getString("Name"), rows.getString("Seat")));
      current = playerRow == columns.currentPlayerRow() ? playerId : current;
      winner = playerRow == columns.winnerRow() ? playerId : winner;
    } while (rows.next() && rows.getLong("ID") == id);
    return new Row(id, columns.session(List.copyOf(players), current, winner));
  }

  /**
   * Loads a session.
   *
   * @param moveId the move to look for; null for none
   */
  static Optional<Table> load(Connection connection, UUID sessionId, UUID moveId)
      throws SQLException {
    String sql =
        "SELECT "
            + COLUMNS
            + ", m.MoveId, m.Move, mover.GUID AS MoverGUID FROM gamesession s "
            + JOINS
            + """
            LEFT JOIN gamesession_move m ON m.GameSession_ID = s.ID AND m.MoveId = ?
            LEFT JOIN player mover ON mover.ID = m.Player_ID
            WHERE s.GUID = ? ORDER BY gp.ID""";
    try (PreparedStatement select = prepare(connection, sql, moveId, sessionId);
        ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      Move earlier = rows.getString("MoveId") == null ? null : move(rows, "MoverGUID");
      return Optional.of(new Table(readOne(rows).session(), earlier));
    }
  }

  /** Writes the next version; false, and nothing is written, if another has come first. */
  static boolean update(Connection connection, GameSession before, GameSession after)
      throws SQLException {
    String sql =
        """
        UPDATE gamesession
        SET UpdatedTime = ?, GameStatus = ?, BoardState = ?, MovesLeft = ?,
            CurrentTurnPlayer_ID = (SELECT ID FROM player WHERE GUID = ?),
            WinningPlayer_ID = (SELECT ID FROM player WHERE GUID = ?),
            EndReason = ?, TurnDeadline = ?, WakeAt = ?, Version = ?
        WHERE GUID = ? AND Version = ?""";
    try (PreparedStatement update =
        prepare(
            connection,
            sql,
            time(after.updatedAt()),
            after.status().ordinal(),
            after.position().board(),
            after.position().movesLeft(),
            after.currentPlayerId(),
            after.winnerId(),
            after.endReason() == null ? null : after.endReason().name().toLowerCase(Locale.ROOT),
            time(after.turnDeadline()),
            time(WakeAt.afterWrite(after)),
            after.version(),
            after.sessionId(),
            before.version())) {
      return update.executeUpdate() == 1;
    }
  }

  /** Seats the player who has come last. */
  static void seat(Connection connection, GameSession session, Idempotency idempotency)
      throws SQLException {
    Player player = session.players().get(session.players().size() - 1);
    String sql =
        """
        INSERT INTO gamesession_player (
            CreatedTime, UpdatedTime, GameSession_ID, Player_ID, Seat, RequestKey, RequestHash)
        SELECT ?, ?, s.ID, p.ID, ?, ?, ?
        FROM gamesession s, player p WHERE s.GUID = ? AND p.GUID = ?""";
    try (PreparedStatement insert =
        prepare(
            connection,
            sql,
            time(session.updatedAt()),
            time(session.updatedAt()),
            player.seat(),
            idempotency.keyHash(),
            idempotency.requestHash(),
            session.sessionId(),
            player.playerId())) {
      insert.executeUpdate();
    }
  }

  /** Adds the move that has led to this version to the history. */
  static void insert(Connection connection, GameSession session, Move move) throws SQLException {
    String sql =
        """
        INSERT INTO gamesession_move (GameSession_ID, Seq, MoveId, Player_ID, Move, PlayedTime)
        SELECT s.ID, COALESCE(MAX(m.Seq), 0) + 1, ?, p.ID, ?, ?
        FROM gamesession s
        JOIN player p ON p.GUID = ?
        LEFT JOIN gamesession_move m ON m.GameSession_ID = s.ID
        WHERE s.GUID = ?
        GROUP BY s.ID, p.ID""";
    try (PreparedStatement insert =
        prepare(
            connection,
            sql,
            move.moveId(),
            move.forfeits() ? null : Json.canonical(move.move()),
            time(session.updatedAt()),
            move.playerId(),
            session.sessionId())) {
      insert.executeUpdate();
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
