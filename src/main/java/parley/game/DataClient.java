package parley.game;

import static parley.platform.Database.prepare;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.game.SessionRows.Row;
import parley.game.SessionWrites.Written;
import parley.game.rules.GameSession;
import parley.game.rules.Move;
import parley.platform.Database;

/**
 * The game sessions in MySQL. A write names the version that it replaces and does nothing if that
 * is no longer the row's. Any method answers with a 503 problem when the database is away.
 */
public final class DataClient {

  private final Database database;
  private final RecentSessions recent = new RecentSessions();

  public DataClient(Database database) {
    this.database = database;
  }

  /** An accepted move, with its place in the history (from 1). */
  record PlayedMove(int seq, Move move, Instant playedAt) {}

  /**
   * A session as this process has committed it in the last seconds, which may be the past by now.
   */
  Optional<Row> recent(UUID sessionId) {
    return recent.find(sessionId);
  }

  /** Remembers a session as it has just been committed. */
  void written(Row row) {
    recent.written(row);
  }

  /** Loads a session. */
  Optional<Row> load(UUID sessionId) {
    return database.query(connection -> SessionRows.load(connection, sessionId));
  }

  /**
   * Writes the next version of a session, with the move that made it.
   *
   * @param move null if no move of the history made it
   */
  Written save(Row before, GameSession after, Move move) {
    if (after.players().size() == before.session().players().size()) {
      Written written = SessionWrites.commit(database, before, after, move);
      if (written == Written.DONE) {
        recent.written(before.next(after));
      }
      return written;
    }
    UUID joined = after.players().get(after.players().size() - 1).playerId();
    Optional<Row> seated =
        database.transaction(
            connection -> {
              long playerRow = PlayerRows.require(connection, joined);
              return SessionWrites.join(connection, before, after, playerRow, Idempotency.NONE);
            });
    seated.ifPresent(recent::written);
    return seated.isPresent() ? Written.DONE : Written.OUTRUN;
  }

  /** The move that a session holds under an id, or empty if it holds none. */
  Optional<Move> move(Row session, UUID moveId) {
    String sql =
        """
        SELECT m.MoveId, m.Move, p.GUID
        FROM gamesession_move m JOIN player p ON p.ID = m.Player_ID
        WHERE m.GameSession_ID = ? AND m.MoveId = ?""";
    return database.query(
        connection -> {
          try (PreparedStatement select = prepare(connection, sql, session.id(), moveId);
              ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(SessionRows.move(rows, "GUID")) : Optional.empty();
          }
        });
  }

  /** All moves of a session, in order. */
  List<PlayedMove> moves(UUID sessionId) {
    String sql =
        """
        SELECT m.MoveId, m.Move, m.PlayedTime, p.GUID
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
                // Counted, for Seq leaves out numbers: it is the version that a move led to.
                moves.add(
                    new PlayedMove(moves.size() + 1, SessionRows.move(rows, "GUID"), playedAt));
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
