package parley.game;

import static parley.platform.Database.prepare;
import static parley.platform.Database.set;
import static parley.platform.Database.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import parley.game.SessionRows.Row;
import parley.game.rules.GameSession;
import parley.platform.Database;
import parley.platform.Json;
import parley.platform.Problem;
import parley.platform.Sha256;

/**
 * Claims the oldest open session that fits, or creates one. The database decides who sits where:
 * starters of one game and settings pass one after the other, so 40 at once make 20 games.
 */
public final class OpenSessions {

  private final Database database;
  private final DataClient data;

  public OpenSessions(Database database, DataClient data) {
    this.database = database;
    this.data = data;
  }

  /**
   * What a player has started.
   *
   * @param created true if the session is new, false if the player joined one
   * @param replayed true if an earlier request with the same key had done it
   */
  record Started(GameSession session, boolean created, boolean replayed) {}

  /**
   * @param joined the row that the player has joined, if one
   */
  private record Outcome(Started started, Optional<Row> joined) {}

  /**
   * @param session what is created if nothing is joined; its creator is the one who starts
   * @param join seats that player in the session that is found
   */
  Started start(GameSession session, UnaryOperator<GameSession> join, Idempotency idempotency) {
    Outcome outcome =
        database.transaction(connection -> joinOrCreate(connection, session, join, idempotency));
    // Now that it is committed.
    outcome.joined().ifPresent(data::written);
    return outcome.started();
  }

  private static Outcome joinOrCreate(
      Connection connection,
      GameSession session,
      UnaryOperator<GameSession> join,
      Idempotency idempotency)
      throws SQLException {
    long playerRow = PlayerRows.require(connection, session.players().get(0).playerId());
    if (idempotency.given()) {
      Optional<Started> replay = replay(connection, playerRow, idempotency);
      if (replay.isPresent()) {
        return new Outcome(replay.get(), Optional.empty());
      }
    }
    boolean matched = session.invitedPlayerId() == null && session.inviteCode() == null;
    Optional<UUID> open = matched ? claim(connection, playerRow, session) : Optional.empty();
    if (open.isEmpty()) {
      create(connection, playerRow, session, idempotency);
      return new Outcome(new Started(session, true, false), Optional.empty());
    }
    Row before = SessionRows.load(connection, open.get()).orElseThrow();
    GameSession after = join.apply(before.session());
    Row joined =
        SessionWrites.join(connection, before, after, playerRow, idempotency)
            .orElseThrow(OpenSessions::changedByAnother);
    return new Outcome(new Started(after, false, false), Optional.of(joined));
  }

  private static IllegalStateException changedByAnother() {
    return new IllegalStateException("a claimed session was changed by another");
  }

  private static Optional<UUID> claim(Connection connection, long playerRow, GameSession session)
      throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("CALL gamesession_SELECT(?, ?, ?, ?)")) {
      set(call, playerRow, 1, session.game(), settingsHash(session));
      try (ResultSet rows = call.executeQuery()) {
        return rows.next() ? Optional.of(Database.id(rows, "GUID")) : Optional.empty();
      }
    }
  }

  private static void create(
      Connection connection, long playerRow, GameSession session, Idempotency idempotency)
      throws SQLException {
    Long invitedRow = null;
    if (session.invitedPlayerId() != null) {
      invitedRow =
          PlayerRows.find(connection, session.invitedPlayerId())
              .orElseThrow(() -> unknownOpponent().exception());
    }
    try (PreparedStatement call =
        connection.prepareStatement(
            "CALL gamesession_INSERT(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      set(
          call,
          session.sessionId(),
          playerRow,
          session.status().ordinal(),
          session.position().board(),
          session.position().movesLeft(),
          null,
          null,
          session.game(),
          Json.canonical(session.settings()),
          settingsHash(session),
          invitedRow,
          session.inviteCode(),
          session.players().get(0).seat(),
          idempotency.keyHash(),
          idempotency.requestHash(),
          time(session.createdAt()),
          time(WakeAt.afterWrite(session)));
      call.execute();
    }
  }

  private static Optional<Started> replay(
      Connection connection, long playerRow, Idempotency idempotency) throws SQLException {
    String sql =
        """
        SELECT s.GUID, s.CreatedPlayer_ID = gp.Player_ID AS Created, gp.RequestHash
        FROM gamesession_player gp JOIN gamesession s ON s.ID = gp.GameSession_ID
        WHERE gp.Player_ID = ? AND gp.RequestKey = ?""";
    try (PreparedStatement select = prepare(connection, sql, playerRow, idempotency.keyHash())) {
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        if (!idempotency.requestHash().equals(rows.getString("RequestHash"))) {
          throw keyReused().exception();
        }
        boolean created = rows.getBoolean("Created");
        UUID sessionId = Database.id(rows, "GUID");
        GameSession session = SessionRows.load(connection, sessionId).orElseThrow().session();
        return Optional.of(new Started(session, created, true));
      }
    }
  }

  private static String settingsHash(GameSession session) {
    return Sha256.of(Json.canonical(session.settings()));
  }

  private static Problem unknownOpponent() {
    return new Problem(
        "unknown-opponent", "There is no such player.", 422, "opponent is no player's id");
  }

  private static Problem keyReused() {
    return new Problem(
        "idempotency-key-reused",
        "This request was sent before with other contents.",
        422,
        "the Idempotency-Key belongs to a request with another body");
  }
}
