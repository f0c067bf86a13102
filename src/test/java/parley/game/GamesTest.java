package parley.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.TestDatabase;
import parley.game.Games.Judged;
import parley.game.OpenSessions.Started;
import parley.game.rules.GameEvent;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Status;
import parley.game.rules.Move;
import parley.game.rules.Turn;
import parley.game.rules.Turn.Accepted;
import parley.game.rules.Turn.Reason;
import parley.game.rules.Turn.Refused;
import parley.game.rules.Turn.Repeated;
import parley.game.rules.tictactoe.TicTacToe;
import parley.local.TestClock;
import parley.platform.Database;

/** The sessions on a real database, also when many come at once. */
class GamesTest {

  private static Database database;

  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final DataClient data = new DataClient(database);
  private final DueSessions due = new DueSessions(database);
  private final Games games =
      new Games(
          data, new OpenSessions(database, data), List.of(new TicTacToe()), new Random(7), clock);

  @BeforeAll
  static void connect() {
    database = new Database(TestDatabase.url(), 16);
  }

  @AfterAll
  static void disconnect() {
    database.close();
  }

  private static UUID player() {
    UUID id = UUID.randomUUID();
    database.query(
        connection ->
            Database.prepare(
                    connection,
                    "INSERT INTO player (GUID, CreatedTime, UpdatedTime, Name)"
                        + " VALUES (?, NOW(3), NOW(3), 'Somebody')",
                    id)
                .executeUpdate());
    return id;
  }

  /** Settings that no other test has. */
  private static Map<String, Object> settings() {
    return Map.of("table", UUID.randomUUID().toString());
  }

  private Started start(UUID player, Map<String, Object> settings) {
    return games.start(player, "tic-tac-toe", settings, null, false, Idempotency.NONE);
  }

  private GameSession started() {
    Map<String, Object> settings = settings();
    start(player(), settings);
    return start(player(), settings).session();
  }

  private GameSession row(UUID sessionId) {
    return data.load(sessionId).orElseThrow().session();
  }

  private Judged apply(GameSession session, GameEvent event) {
    return games.apply(session.sessionId(), event).orElseThrow();
  }

  private static GameEvent turn(UUID player, int cell) {
    return new GameEvent.TakeTurn(new Move(UUID.randomUUID(), player, Map.of("cell", cell)));
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    CyclicBarrier barrier = new CyclicBarrier(calls.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> call : calls) {
        futures.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_session_comes_back_from_its_row_as_it_was() {
    Map<String, Object> settings =
        Map.of("table", "Zürich ♔", "turnSeconds", 90, "nested", Map.of("list", List.of(1, 2.5)));

    Started opened = start(player(), settings);
    assertTrue(opened.created());
    assertEquals(opened.session(), row(opened.session().sessionId()));

    Started joined = start(player(), settings);
    assertEquals(opened.session().sessionId(), joined.session().sessionId());
    assertEquals(joined.session(), row(joined.session().sessionId()));

    GameSession session = joined.session();
    Judged played = apply(session, turn(session.currentPlayerId(), 4));
    assertEquals(played.session(), row(session.sessionId()));
  }

  @Test
  void nobody_is_matched_with_himself_nor_into_other_settings() {
    UUID ada = player();
    Map<String, Object> settings = settings();

    assertTrue(start(ada, settings).created());
    assertTrue(start(ada, settings).created());
    assertTrue(start(player(), settings()).created());
  }

  @Test
  void the_oldest_open_session_is_joined_first() {
    Map<String, Object> settings = settings();
    UUID oldest = start(player(), settings).session().sessionId();
    UUID sameInstant = start(oneWhoOwns(oldest), settings).session().sessionId();

    UUID bob = player();
    assertEquals(oldest, start(bob, settings).session().sessionId());
    assertEquals(sameInstant, start(bob, settings).session().sessionId());
  }

  private UUID oneWhoOwns(UUID sessionId) {
    return row(sessionId).players().get(0).playerId();
  }

  @Test
  void private_sessions_are_not_handed_out() {
    Map<String, Object> settings = settings();
    UUID bob = player();
    UUID ada = player();
    games.start(ada, "tic-tac-toe", settings, null, true, Idempotency.NONE);
    GameSession invited =
        games.start(ada, "tic-tac-toe", settings, bob, false, Idempotency.NONE).session();

    assertTrue(start(player(), settings).created());
    Judged joined = apply(invited, new GameEvent.AddPlayer(bob, null, false));
    assertEquals(Status.IN_PROGRESS, joined.session().status());
  }

  @Test
  void forty_players_at_once_make_twenty_games() throws Exception {
    Map<String, Object> settings = settings();
    List<Callable<Started>> calls = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      UUID player = player();
      calls.add(() -> start(player, settings));
    }

    List<Started> results = atOnce(calls);

    Set<UUID> sessions = new HashSet<>();
    results.forEach(result -> sessions.add(result.session().sessionId()));
    assertEquals(20, sessions.size());
    assertEquals(20, results.stream().filter(Started::created).count());
    for (UUID session : sessions) {
      assertEquals(Status.IN_PROGRESS, row(session).status());
      assertEquals(2, row(session).players().size());
    }
  }

  @Test
  void a_start_is_not_held_up_by_a_lock_on_sessions_of_other_settings() {
    UUID locked = start(player(), settings()).session().sessionId();
    Started started =
        database.transaction(
            connection -> {
              Database.prepare(
                      connection, "SELECT ID FROM gamesession WHERE GUID = ? FOR UPDATE", locked)
                  .executeQuery();
              // In the other transaction; it would wait in vain for this one.
              return start(player(), settings());
            });
    assertTrue(started.created());
  }

  @Test
  void a_request_with_a_key_that_comes_five_times_at_once_starts_one_session() throws Exception {
    Map<String, Object> settings = settings();
    UUID ada = player();
    Idempotency key = Idempotency.of(Optional.of("key"), settings);
    Callable<Started> call = () -> games.start(ada, "tic-tac-toe", settings, null, false, key);

    List<Started> results = atOnce(List.of(call, call, call, call, call));

    assertEquals(
        1, results.stream().map(result -> result.session().sessionId()).distinct().count());
    assertEquals(1, results.stream().filter(result -> !result.replayed()).count());
    assertTrue(results.stream().allMatch(Started::created));
  }

  @Test
  void the_same_move_five_times_at_once_is_made_once() throws Exception {
    GameSession session = started();
    GameEvent move = turn(session.currentPlayerId(), 4);
    Callable<Judged> call = () -> apply(session, move);

    List<Judged> results = atOnce(List.of(call, call, call, call, call));

    long accepted =
        results.stream().filter(result -> result.turn() instanceof Turn.Accepted).count();
    assertEquals(1, accepted);
    results.forEach(result -> assertEquals(3, result.session().version()));
    assertEquals(1, data.moves(session.sessionId()).size());
  }

  @Test
  void of_two_moves_by_one_player_at_once_one_is_made_and_the_other_refused() throws Exception {
    GameSession session = started();
    UUID mover = session.currentPlayerId();

    List<Judged> results =
        atOnce(List.of(() -> apply(session, turn(mover, 0)), () -> apply(session, turn(mover, 8))));

    List<Reason> refused =
        results.stream()
            .map(Judged::turn)
            .filter(Turn.Refused.class::isInstance)
            .map(turn -> ((Turn.Refused) turn).reason())
            .toList();
    assertEquals(List.of(Reason.NOT_YOUR_TURN), refused);
    assertEquals(1, data.moves(session.sessionId()).size());
  }

  @Test
  void a_move_id_stands_for_one_move_only() {
    GameSession session = started();
    UUID mover = session.currentPlayerId();
    UUID moveId = UUID.randomUUID();
    apply(session, new GameEvent.TakeTurn(new Move(moveId, mover, Map.of("cell", 4))));

    Judged again =
        apply(session, new GameEvent.TakeTurn(new Move(moveId, mover, Map.of("cell", 4))));
    Judged other =
        apply(session, new GameEvent.TakeTurn(new Move(moveId, mover, Map.of("cell", 5))));
    Judged forfeit = apply(session, new GameEvent.Forfeit(Move.forfeit(moveId, mover)));

    assertInstanceOf(Turn.Repeated.class, again.turn());
    assertEquals(Reason.MOVE_ID_REUSED, ((Turn.Refused) other.turn()).reason());
    assertEquals(Reason.MOVE_ID_REUSED, ((Turn.Refused) forfeit.turn()).reason());
  }

  @Test
  void moves_of_the_time_when_they_were_counted_come_before_the_others() {
    GameSession session = started();
    UUID first = session.currentPlayerId();
    UUID second = session.opponentOf(first);
    apply(session, turn(first, 0));
    apply(session, turn(second, 4));
    int counted =
        database.query(
            connection -> {
              String sql =
                  "UPDATE gamesession_move SET Seq = Seq - 2 WHERE GameSession_ID ="
                      + " (SELECT ID FROM gamesession WHERE GUID = ?) ORDER BY Seq";
              try (PreparedStatement update =
                  Database.prepare(connection, sql, session.sessionId())) {
                return update.executeUpdate();
              }
            });
    assertEquals(2, counted);
    apply(session, turn(first, 1));

    List<DataClient.PlayedMove> moves = data.moves(session.sessionId());
    assertEquals(List.of(1, 2, 3), moves.stream().map(DataClient.PlayedMove::seq).toList());
    assertEquals(
        List.of(0, 4, 1), moves.stream().map(move -> move.move().move().get("cell")).toList());
  }

  @Test
  void giving_up_is_in_the_history_and_may_be_sent_again() {
    GameSession session = started();
    GameEvent forfeit =
        new GameEvent.Forfeit(Move.forfeit(UUID.randomUUID(), session.currentPlayerId()));

    assertInstanceOf(Turn.Accepted.class, apply(session, forfeit).turn());
    assertInstanceOf(Turn.Repeated.class, apply(session, forfeit).turn());

    List<DataClient.PlayedMove> moves = data.moves(session.sessionId());
    assertEquals(1, moves.size());
    assertEquals(1, moves.get(0).seq());
    assertNull(moves.get(0).move().move());
  }

  @Test
  void a_move_after_the_deadline_is_refused_and_the_timeout_is_committed() {
    GameSession session = started();
    clock.advance(Duration.ofDays(1));

    Judged late = apply(session, turn(session.currentPlayerId(), 4));

    assertEquals(Reason.GAME_OVER, ((Turn.Refused) late.turn()).reason());
    assertEquals(EndReason.TIMEOUT, row(session.sessionId()).endReason());
    assertEquals(0, data.moves(session.sessionId()).size());
  }

  @Test
  void a_session_is_due_for_a_sweep_until_it_is_settled() throws Exception {
    // Long ago, so that only this session is due then.
    TestClock past = new TestClock("2001-01-01T00:00:00Z");
    Games then =
        new Games(
            data, new OpenSessions(database, data), List.of(new TicTacToe()), new Random(), past);
    GameSession session =
        then.start(player(), "tic-tac-toe", settings(), null, false, Idempotency.NONE).session();

    Instant soon = past.instant().plusSeconds(30);
    assertEquals(List.of(), due.take(soon.minusMillis(1), soon.plusSeconds(60), 10));
    DueSessions.Due expected = new DueSessions.Due(session.sessionId(), 1);
    assertEquals(List.of(expected), due.take(soon, soon.plusSeconds(60), 10));
    assertEquals(List.of(), due.take(soon, soon.plusSeconds(60), 10));
    assertEquals(List.of(expected), due.take(soon.plusSeconds(60), soon.plusSeconds(120), 10));

    due.settle(session.sessionId(), 2, null);
    assertEquals(List.of(expected), due.take(soon.plusSeconds(120), soon.plusSeconds(180), 10));
    due.settle(session.sessionId(), 1, null);
    assertEquals(List.of(), due.take(soon.plusSeconds(999), soon.plusSeconds(999), 10));
  }

  @Test
  void the_pages_of_a_list_hold_every_session_once_newest_first() {
    SessionPages pages = new SessionPages(database);
    UUID ada = player();
    List<UUID> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      if (i % 2 == 0) {
        clock.advance(Duration.ofMillis(1));
      }
      expected.add(0, start(ada, settings()).session().sessionId());
    }

    List<UUID> listed = new ArrayList<>();
    SessionPages.Cursor next = null;
    do {
      SessionPages.Page page = pages.list(ada, Status.MATCHMAKING, 2, next);
      page.sessions().forEach(session -> listed.add(session.sessionId()));
      next = page.next();
    } while (next != null);

    assertEquals(expected, listed);
    assertEquals(List.of(), pages.list(ada, Status.COMPLETED, 2, null).sessions());
  }

  @Test
  void the_references_tables_and_columns_are_there_under_their_names() {
    Map<String, Set<String>> reference =
        Map.of(
            "player", Set.of("ID", "CreatedTime", "UpdatedTime", "Name"),
            "gamesession",
                Set.of(
                    "ID",
                    "GUID",
                    "CreatedTime",
                    "UpdatedTime",
                    "CreatedPlayer_ID",
                    "GameStatus",
                    "BoardState",
                    "MovesLeft",
                    "CurrentTurnPlayer_ID",
                    "WinningPlayer_ID"),
            "gamesession_player",
                Set.of("ID", "CreatedTime", "UpdatedTime", "GameSession_ID", "Player_ID"));
    reference.forEach(
        (table, columns) -> {
          Set<String> found =
              database.query(
                  connection -> {
                    Set<String> names = new HashSet<>();
                    try (ResultSet rows =
                        connection.getMetaData().getColumns(null, null, table, null)) {
                      while (rows.next()) {
                        names.add(rows.getString("COLUMN_NAME"));
                      }
                    }
                    return names;
                  });
          assertTrue(found.containsAll(columns), table + " has " + found);
        });
  }

  /** Another process of the app, at the same database. */
  private Games elsewhere() {
    DataClient theirs = new DataClient(database);
    return new Games(
        theirs, new OpenSessions(database, theirs), List.of(new TicTacToe()), new Random(8), clock);
  }

  @Test
  void what_this_process_wrote_is_not_believed_once_another_has_written() {
    GameSession session = started();
    UUID first = session.currentPlayerId();
    UUID second = session.opponentOf(first);
    Games elsewhere = elsewhere();
    apply(session, turn(first, 0));
    elsewhere.apply(session.sessionId(), turn(second, 4));
    elsewhere.apply(session.sessionId(), turn(first, 1));

    Judged taken = apply(session, turn(second, 4));
    assertEquals(Reason.ILLEGAL_MOVE, ((Refused) taken.turn()).reason());
    assertEquals(5, taken.session().version());

    Judged played = apply(session, turn(second, 8));
    assertInstanceOf(Accepted.class, played.turn());
    assertEquals(6, played.session().version());
    assertEquals(played.session(), row(session.sessionId()));
  }

  @Test
  void a_move_that_another_process_has_made_is_repeated_and_its_id_is_taken() {
    GameSession session = started();
    UUID first = session.currentPlayerId();
    GameEvent move = turn(first, 0);
    UUID moveId = move.recorded().moveId();
    Games elsewhere = elsewhere();
    apply(session, move);
    elsewhere.apply(session.sessionId(), turn(session.opponentOf(first), 4));

    Judged again = apply(session, move);
    assertInstanceOf(Repeated.class, again.turn());
    assertEquals(4, again.session().version(), "as it stands now, whoever has written it");

    Judged other =
        apply(session, new GameEvent.TakeTurn(new Move(moveId, first, Map.of("cell", 8))));
    assertEquals(Reason.MOVE_ID_REUSED, ((Refused) other.turn()).reason());
    assertEquals(row(session.sessionId()), other.session());
  }
}
