package parley.game;

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
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.Player;
import parley.game.rules.Move;
import parley.platform.Database;
import parley.platform.Json;

/**
 * The game sessions in MySQL. A write names the version that it replaces and does nothing if that
 * is no longer the row's. Any method answers with a 503 problem when the database is away.
 */
public final class DataClient {

  private final Database database;

  public DataClient(Database database) {
    this.database = database;
  }

  /**
   * A session as it stands, and the move that it holds under the id that was asked for.
   *
   * @param earlier null if the session holds none
   */
  record Table(GameSession session, Move earlier) {}

  /** An accepted move, with its place in the history (from 1). */
  record PlayedMove(int seq, Move move, Instant playedAt) {}

  /**
   * Loads a session.
   *
   * @param moveId the move to look for; null for none
   */
  Optional<Table> load(UUID sessionId, UUID moveId) {
    return database.query(connection -> load(connection, sessionId, moveId));
  }

  static Optional<Table> load(Connection connection, UUID sessionId, UUID moveId)
      throws SQLException {
    String sql =
        "SELECT "
            + SessionRows.COLUMNS
            + ", m.MoveId, m.Move, mover.GUID AS MoverGUID FROM gamesession s "
            + SessionRows.JOINS
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
      return Optional.of(new Table(SessionRows.readOne(rows).session(), earlier));
    }
  }

  /**
   * Writes the next version of a session, with the move that made it.
   *
   * @param move null if no move of the history made it
   * @param wakeAt when a sweep is to look at the session; null for never
   * @return false, and nothing is written, if another version has come first
   */
  boolean save(GameSession before, GameSession after, Move move, Instant wakeAt) {
    return database.transaction(
        connection -> {
          if (!update(connection, before, after, wakeAt)) {
            return false;
          }
          if (after.players().size() > before.players().size()) {
            seat(connection, after, Idempotency.NONE);
          }
          if (move != null) {
            insert(connection, after, move);
          }
          return true;
        });
  }

  static boolean update(
      Connection connection, GameSession before, GameSession after, Instant wakeAt)
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
            time(wakeAt),
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

  private static void insert(Connection connection, GameSession session, Move move)
      throws SQLException {
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

  /** All moves of a session, in order. */
  List<PlayedMove> moves(UUID sessionId) {
    String sql =
        """
        SELECT m.Seq, m.MoveId, m.Move, m.PlayedTime, p.GUID
        FROM gamesession s
        JOIN gamesession_move m ON m.GameSession_ID = s.ID
        JOIN player p ON p.ID = m.Player_ID
        WHERE s.GUID = ? ORDER BY m.Seq""";
    return database.query(
        connection -> {
          try (PreparedStatement select = prepare(connection, sql, sessionId)) {
            try (ResultSet rows = select.executeQuery()) {
              List<PlayedMove> moves = new ArrayList<>();
              while (rows.next()) {
                Instant playedAt = SessionRows.time(rows, "PlayedTime");
                moves.add(new PlayedMove(rows.getInt("Seq"), move(rows, "GUID"), playedAt));
              }
              return moves;
            }
          }
        });
  }

  /** The name of a player, or empty if there is no such player. */
  Optional<String> playerName(UUID playerId) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              prepare(connection, "SELECT Name FROM player WHERE GUID = ?", playerId)) {
            try (ResultSet rows = select.executeQuery()) {
              return rows.next() ? Optional.of(rows.getString("Name")) : Optional.empty();
            }
          }
        });
  }

  private static Move move(ResultSet row, String playerColumn) throws SQLException {
    String text = row.getString("Move");
    return new Move(
        SessionRows.id(row, "MoveId"),
        SessionRows.id(row, playerColumn),
        text == null ? null : Json.readObject(text));
  }
}
