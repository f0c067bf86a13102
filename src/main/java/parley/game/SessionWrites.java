package parley.game;

import static parley.platform.Database.prepare;
import static parley.platform.Database.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

  /**
   * A next version of a session, which seats nobody else.
   *
   * @param move what has led to it; null if no move of the history has
   */
  record Change(Row before, GameSession after, Move move) {}

  private static final String CALL =
      "CALL gamesession_UPDATE(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int DUPLICATE_KEY = 1062;

  private SessionWrites() {}

  /**
   * Commits changes of sessions in one transaction and one round trip.
   *
   * @param connection one that commits each statement by itself
   * @return what became of each, in the same order; all empty if there are several and the database
   *     refused one of them, so that nothing is written
   */
  static List<Optional<Written>> commit(Connection connection, List<Change> changes)
      throws SQLException {
    // All lock the rows in one order, so that no two wait for each other.
    List<Change> inOrder = new ArrayList<>(changes);
    inOrder.sort(Comparator.comparing(change -> change.before().id()));
    Map<Change, Optional<Written>> written = new IdentityHashMap<>();
    String sql = "START TRANSACTION; " + (CALL + "; ").repeat(changes.size()) + "COMMIT";
    Object[] values =
        inOrder.stream()
            .flatMap(change -> Stream.of(values(change, currentPlayerRow(change))))
            .toArray();
    try (PreparedStatement together = prepare(connection, sql, values)) {
      together.execute();
      for (Change change : inOrder) {
        together.getMoreResults();
        boolean done = together.getUpdateCount() > 0;
        written.put(change, Optional.of(done ? Written.DONE : Written.OUTRUN));
      }
    } catch (SQLException e) {
      rollBack(connection, e);
      if (changes.size() > 1) {
        return Collections.nCopies(changes.size(), Optional.empty());
      }
      if (e.getErrorCode() == DUPLICATE_KEY) {
        return List.of(Optional.of(Written.MOVE_ID_TAKEN));
      }
      throw e;
    }
    return changes.stream().map(written::get).toList();
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
    Change change = new Change(before, after, null);
    try (PreparedStatement call = prepare(connection, CALL, values(change, current))) {
      if (call.executeUpdate() == 0) {
        return Optional.empty();
      }
    }
    seat(connection, before, after, joined, playerRow, idempotency);
    return Optional.of(before.next(after, playerRow));
  }

  /** The parameters of {@link #CALL}. */
  private static Object[] values(Change change, Long currentPlayerRow) {
    Row before = change.before();
    GameSession after = change.after();
    Move move = change.move();
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

  private static Long currentPlayerRow(Change change) {
    return change.before().playerRow(change.after().currentPlayerId());
  }

  /** Ends the transaction that a refused statement has left open. */
  private static void rollBack(Connection connection, SQLException refused) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // Only a connection that is lost cannot do so, and with it the transaction is, too.
      refused.addSuppressed(e);
      throw refused;
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
