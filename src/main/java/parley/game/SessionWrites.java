package parley.game;

import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.game.SessionRows.Row;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.Player;
import parley.game.rules.Move;
import parley.platform.Database;
import parley.platform.Database.Write;
import parley.platform.DuplicateKeyException;
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

  private static final String CALL =
      "CALL gamesession_UPDATE(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private SessionWrites() {}

  /**
   * Commits the next version of a session, which seats nobody else.
   *
   * @param move what has led to it; null if no move of the history has
   */
  static Written commit(Database database, Row before, GameSession after, Move move) {
    Object[] values = values(before, after, before.playerRow(after.currentPlayerId()), move);
    try {
      int[] rows =
          database.commit(List.of(new Write(SessionRows.TABLE, after.sessionId(), CALL, values)));
      return rows[0] == 0 ? Written.OUTRUN : Written.DONE;
    } catch (DuplicateKeyException e) {
      return Written.MOVE_ID_TAKEN;
    }
  }

  /**
   * Seats the player who has come last, within the caller's transaction.
   *
   * @param playerRow that player's primary key
   * @return the row as it is then; empty, and nothing is written, if another version had come first
   */
  static Optional<Row> join(
      Connection connection, Row before, GameSession after, long playerRow, Idempotency idempotency)
      throws SQLException {
    Player joined = after.players().get(after.players().size() - 1);
    boolean begins = joined.playerId().equals(after.currentPlayerId());
    Long current = begins ? Long.valueOf(playerRow) : before.playerRow(after.currentPlayerId());
    try (PreparedStatement call = prepare(connection, CALL, values(before, after, current, null))) {
      if (call.executeUpdate() == 0) {
        return Optional.empty();
      }
    }
    seat(connection, before, after, joined, playerRow, idempotency);
    return Optional.of(before.next(after, playerRow));
  }

  /** The parameters of {@link #CALL}. */
  private static Object[] values(Row before, GameSession after, Long currentPlayerRow, Move move) {
    String end = after.endReason() == null ? null : after.endReason().name();
    return new Object[] {
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
      move == null || move.forfeits() ? null : Json.canonical(move.move())
    };
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
