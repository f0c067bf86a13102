package parley.game;

import static parley.platform.Database.prepare;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.game.rules.GameSession;
import parley.game.rules.Move;
import parley.platform.Database;

/**
 * The game sessions in MySQL. A write names the version that it replaces and does nothing if that
 * is no longer the row's. Any method answers with a 503 problem when the database is away.
 */
public final class DataClient {

  private final Database database;

  public DataClient(Database database) {
    this.database = database;
  }

  /** An accepted move, with its place in the history (from 1). */
  record PlayedMove(int seq, Move move, Instant playedAt) {}

  /**
   * Loads a session.
   *
   * @param moveId the move to look for; null for none
   */
  Optional<SessionRows.Table> load(UUID sessionId, UUID moveId) {
    return database.query(connection -> SessionRows.load(connection, sessionId, moveId));
  }

  /**
   * Writes the next version of a session, with the move that made it.
   *
   * @param move null if no move of the history made it
   * @return false, and nothing is written, if another version has come first
   */
  boolean save(GameSession before, GameSession after, Move move) {
    return database.transaction(
        connection -> {
          if (!SessionRows.update(connection, before, after)) {
            return false;
          }
          if (after.players().size() > before.players().size()) {
            SessionRows.seat(connection, after, Idempotency.NONE);
          }
          if (move != null) {
            SessionRows.insert(connection, after, move);
          }
          return true;
        });
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
                Instant playedAt = Database.instant(rows, "PlayedTime");
                moves.add(
                    new PlayedMove(rows.getInt("Seq"), SessionRows.move(rows, "GUID"), playedAt));
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
}
