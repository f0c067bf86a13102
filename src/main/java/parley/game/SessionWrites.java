package parley.game;

import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import parley.game.SessionRows.Row;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.Player;
import parley.game.rules.Move;
import parley.platform.Json;

/** How the next version of a session gets into its tables. */
final class SessionWrites {

  /** What became of a write. */
  enum Written {
    /** It is in the rows. */
    DONE,
    /** Another version had come first; nothing is written. */
    OUTRUN,
    /** The session has another move under this id, or the same one; nothing is written. */
    MOVE_ID_TAKEN
  }

  private static final Written[] ANSWERS = Written.values();

  private SessionWrites() {}

  /**
   * Writes the next version, with the move that has led to it, in a transaction of its own.
   *
   * @param move null if no move of the history made it
   */
  static Written commit(Connection connection, Row before, GameSession after, Move move)
      throws SQLException {
    return update(connection, true, before, after, before.playerRow(after.currentPlayerId()), move);
  }

  /**
   * Seats the player who has come last, within the caller's transaction.
   *
   * @param playerRow that player's primary key
   * @return false, and nothing is written, if another version had come first
   */
  static boolean join(
      Connection connection, Row before, GameSession after, long playerRow, Idempotency idempotency)
      throws SQLException {
    Player joined = after.players().get(after.players().size() - 1);
    boolean begins = joined.playerId().equals(after.currentPlayerId());
    Long current = begins ? Long.valueOf(playerRow) : before.playerRow(after.currentPlayerId());
    if (update(connection, false, before, after, current, null) != Written.DONE) {
      return false;
    }
    seat(connection, before, after, joined, playerRow, idempotency);
    return true;
  }

  private static Written update(
      Connection connection,
      boolean alone,
      Row before,
      GameSession after,
      Long currentPlayerRow,
      Move move)
      throws SQLException {
    String end = after.endReason() == null ? null : after.endReason().name();
    try (PreparedStatement call =
            prepare(
                connection,
                "CALL gamesession_UPDATE(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                alone,
                before.id(),
                before.session().version(),
                time(after.updatedAt()),
                after.status().ordinal(),
                after.position().board(),
                after.position().movesLeft(),
                currentPlayerRow,
                before.playerRow(after.winnerId()),
                end == null ? null : end.toLowerCase(Locale.ROOT),
                time(after.turnDeadline()),
                time(WakeAt.afterWrite(after)),
                move == null ? null : move.moveId(),
                move == null ? null : before.playerRow(move.playerId()),
                move == null || move.forfeits() ? null : Json.canonical(move.move()));
        ResultSet answer = call.executeQuery()) {
      answer.next();
      return ANSWERS[answer.getInt(1)];
    }
  }

  private static void seat(
      Connection connection,
      Row before,
      GameSession after,
      Player joined,
      long playerRow,
      Idempotency idempotency)
      throws SQLException {
    String sql =
        """
        INSERT INTO gamesession_player (
            CreatedTime, UpdatedTime, GameSession_ID, Player_ID, Seat, RequestKey, RequestHash)
        VALUES (?, ?, ?, ?, ?, ?, ?)""";
    try (PreparedStatement insert =
        prepare(
            connection,
            sql,
            time(after.updatedAt()),
            time(after.updatedAt()),
            before.id(),
            playerRow,
            joined.seat(),
            idempotency.keyHash(),
            idempotency.requestHash())) {
      insert.executeUpdate();
    }
  }
}
