package parley.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static parley.TestHost.shown;
import static parley.TestPlayer.turn;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestDatabase;
import parley.TestHost;
import parley.TestPlayer;
import parley.game.rules.GameEvent;
import parley.game.rules.Move;
import parley.game.rules.tictactoe.TicTacToe;
import parley.local.TestClock;
import parley.platform.Database;

/** Games go on after a restart, and after whatever an orchestration has missed. */
class RecoveryTest {

  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final Database database = new Database(TestDatabase.url(), 2);
  private final DataClient data = new DataClient(database);
  private final Games games =
      new Games(
          data, new OpenSessions(database, data), List.of(new TicTacToe()), new Random(7), clock);

  @TempDir Path state;
  private TestHost parley;

  @BeforeEach
  void start() {
    parley = TestHost.start(state, clock, Map.of());
  }

  @AfterEach
  void stop() {
    parley.close();
    database.close();
  }

  private Answer startGame(TestPlayer x, TestPlayer o) {
    String wish =
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"}}".formatted(UUID.randomUUID());
    parley.post("/api/sessions", x, wish);
    return parley.post("/api/sessions", o, wish);
  }

  private static String turns(Answer session) {
    return "/api/sessions/" + session.text("sessionId") + "/turns";
  }

  @Test
  void a_restart_in_mid_game_loses_nothing() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    Answer session = startGame(x, o);
    TestPlayer first = session.text("currentPlayerId").equals(x.id()) ? x : o;
    TestPlayer second = first == x ? o : x;
    parley.post(turns(session), first, turn(4));

    parley.close();
    parley = TestHost.start(state, clock, Map.of());

    String path = "/api/sessions/" + session.text("sessionId");
    assertEquals(3, parley.get(path, x).body().path("version").asInt());
    assertEquals(200, parley.post(turns(session), second, turn(0)).status());
    parley.awaitVersion(session.text("sessionId"), 4);
    String forfeit = "{\"moveId\":\"%s\"}".formatted(UUID.randomUUID());
    assertEquals(200, parley.post(path + "/forfeit", first, forfeit).status());
    parley.awaitEnd(session.text("sessionId"));
  }

  @Test
  void a_deadline_that_passes_while_the_server_is_down_holds() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    Answer session = startGame(x, o);
    parley.awaitVersion(session.text("sessionId"), 2);
    String idle = session.text("currentPlayerId");

    parley.close();
    clock.advance(Duration.ofDays(2));
    parley = TestHost.start(state, clock, Map.of());

    parley.awaitEnd(session.text("sessionId"));
    Answer over = parley.get("/api/sessions/" + session.text("sessionId"), x);
    assertEquals("timeout", over.text("endReason"));
    assertEquals(idle.equals(x.id()) ? o.id() : x.id(), over.text("winnerId"));
  }

  @Test
  void the_sweep_makes_good_an_event_that_was_lost() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    Answer session = startGame(x, o);
    String id = session.text("sessionId");
    parley.awaitVersion(id, 2);
    UUID mover = UUID.fromString(session.text("currentPlayerId"));
    // Committed as a request would, but its event never comes.
    games.apply(
        UUID.fromString(id),
        new GameEvent.TakeTurn(new Move(UUID.randomUUID(), mover, Map.of("cell", 4))));

    parley.advance(Duration.ofMinutes(1));

    parley.awaitVersion(id, 3);
  }

  @Test
  void the_sweep_starts_an_orchestration_that_is_missing() {
    TestPlayer x = parley.signIn("Ada");
    String id =
        games
            .start(
                UUID.fromString(x.id()),
                "tic-tac-toe",
                Map.of("table", UUID.randomUUID().toString()),
                null,
                false,
                Idempotency.NONE)
            .session()
            .sessionId()
            .toString();
    assertEquals(404, parley.instance(id).status());

    parley.advance(Duration.ofMinutes(1));

    parley.awaitVersion(id, 1);
  }

  @Test
  void the_sweep_ends_a_game_whose_orchestration_was_terminated_before_the_deadline() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    Answer session = startGame(x, o);
    String id = session.text("sessionId");
    parley.awaitVersion(id, 2);
    parley.terminate(id);

    parley.advance(Duration.ofDays(1));
    assertEquals("Terminated", parley.instance(id).text("runtimeStatus"));
    parley.advance(Duration.ofMinutes(2));

    parley.awaitEnd(id);
    assertEquals("timeout", shown(parley.instance(id)).path("endReason").textValue());
  }

  @Test
  void the_sweep_leaves_alone_what_its_orchestration_has_seen_and_told() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    Answer session = startGame(x, o);
    String id = session.text("sessionId");
    parley.awaitVersion(id, 2);
    assertEquals(Instant.parse(session.text("turnDeadline")).plusSeconds(60), wakeAt(id));

    String forfeit = "{\"moveId\":\"%s\"}".formatted(UUID.randomUUID());
    parley.post("/api/sessions/" + id + "/forfeit", x, forfeit);
    parley.awaitEnd(id);
    assertNull(wakeAt(id));
  }

  private Instant wakeAt(String sessionId) {
    String sql = "SELECT WakeAt FROM gamesession WHERE GUID = ?";
    return database.query(
        connection -> {
          try (PreparedStatement select = Database.prepare(connection, sql, sessionId);
              ResultSet rows = select.executeQuery()) {
            rows.next();
            return Database.instant(rows, "WakeAt");
          }
        });
  }

  @Test
  void whoever_looks_after_the_deadline_sees_that_it_has_passed() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    Answer session = startGame(x, o);
    String id = session.text("sessionId");
    parley.awaitVersion(id, 2);
    parley.terminate(id);

    clock.advance(Duration.ofDays(1));

    assertEquals("timeout", parley.get("/api/sessions/" + id, x).text("endReason"));
  }
}
