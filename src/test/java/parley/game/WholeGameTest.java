package parley.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parley.TestHost.shown;
import static parley.TestPlayer.turn;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.local.TestClock;

/** Whole games over HTTP and by events: the real functions, database and durable engine. */
class WholeGameTest {

  /** X wins with the top row, whoever starts: O's cells make no row before. */
  private static final int[] X_CELLS = {0, 1, 2};

  private static final int[] O_CELLS = {3, 4, 8};

  @TempDir static Path state;
  private static TestHost parley;

  @BeforeAll
  static void start() {
    // A year, for one of the games takes a month.
    parley =
        TestHost.start(
            state, new TestClock("2026-03-01T12:00:00Z"), Map.of("PLAYER_TOKEN_HOURS", "8760"));
  }

  @AfterAll
  static void stop() {
    parley.close();
  }

  /** Two players and their session; X is the creator. */
  private record Game(TestPlayer x, TestPlayer o, String id) {
    static Game start(String settings) {
      TestPlayer x = parley.signIn("Ada");
      TestPlayer o = parley.signIn("Bob");
      String wish =
          "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"%s}}"
              .formatted(UUID.randomUUID(), settings);
      Answer opened = parley.post("/api/sessions", x, wish);
      assertEquals(201, opened.status());
      assertEquals("matchmaking", opened.text("status"));
      Answer joined = parley.post("/api/sessions", o, wish);
      assertEquals(200, joined.status());
      assertEquals("inProgress", joined.text("status"));
      assertEquals(opened.text("sessionId"), joined.text("sessionId"));
      return new Game(x, o, opened.text("sessionId"));
    }

    static Game start() {
      return start("");
    }

    Answer load() {
      return parley.get("/api/sessions/" + id, x);
    }

    TestPlayer current() {
      return load().text("currentPlayerId").equals(x.id()) ? x : o;
    }

    Answer play(TestPlayer player, int cell) {
      return parley.post("/api/sessions/" + id + "/turns", player, turn(cell));
    }

    /** Everything that two games played alike have alike. */
    List<Object> rows() {
      JsonNode session = load().body();
      List<Object> rows = new ArrayList<>();
      for (String field : List.of("status", "board", "movesLeft", "endReason", "version")) {
        rows.add(session.path(field));
      }
      rows.add(x.id().equals(session.path("winnerId").textValue()));
      for (JsonNode move : parley.get("/api/sessions/" + id + "/moves", x).body().path("moves")) {
        rows.add(move.path("seq").asInt() + " " + move.path("move"));
      }
      return rows;
    }
  }

  /** Plays until X has won; a move is made by the one whose turn it is. */
  private static void playToAWin(Game game, boolean byEvents) {
    int[] next = {0, 0};
    Answer session = game.load();
    long version = session.body().path("version").asLong();
    while (session.text("status").equals("inProgress")) {
      TestPlayer player = session.text("currentPlayerId").equals(game.x.id()) ? game.x : game.o;
      int cell = player == game.x ? X_CELLS[next[0]++] : O_CELLS[next[1]++];
      version++;
      if (byEvents) {
        String payload =
            "{\"moveId\":\"%s\",\"playerId\":\"%s\",\"move\":{\"cell\":%d}}"
                .formatted(UUID.randomUUID(), player.id(), cell);
        assertEquals(202, parley.raise(game.id, "takeTurn", payload).status());
        long committed = version;
        session =
            parley.await(game::load, answer -> answer.body().path("version").asLong() == committed);
      } else {
        session = game.play(player, cell);
        assertEquals(200, session.status());
        assertEquals(version, session.body().path("version").asLong());
      }
    }
  }

  @Test
  void a_game_is_played_over_http_to_a_win_and_its_orchestration_completes() {
    Game game = Game.start();

    playToAWin(game, false);

    Answer session = game.load();
    assertEquals("win", session.text("endReason"));
    assertEquals(game.x.id(), session.text("winnerId"));
    assertTrue(session.text("board").startsWith("XXX"));
    assertTrue(session.body().path("currentPlayerId").isNull());
    Answer instance = parley.awaitEnd(game.id);
    assertEquals(200, instance.status());
    assertEquals("completed", shown(instance).path("status").textValue());
    assertEquals(
        session.body().path("version"), shown(instance).path("version"), "it saw the last move");
  }

  @Test
  void the_same_game_by_events_ends_in_the_same_rows() {
    Game byHttp = Game.start();
    Game byEvents = Game.start();
    while (byHttp.current().equals(byHttp.x) != byEvents.current().equals(byEvents.x)) {
      byEvents = Game.start();
    }

    playToAWin(byHttp, false);
    playToAWin(byEvents, true);

    assertEquals(byHttp.rows(), byEvents.rows());
    parley.awaitEnd(byEvents.id);
  }

  @Test
  void a_trusted_server_may_seat_a_player_and_give_up_for_one_by_events() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    String id =
        parley
            .post(
                "/api/sessions",
                x,
                "{\"game\":\"tic-tac-toe\",\"settings\":{},\"inviteOnly\":true}")
            .text("sessionId");

    parley.raise(id, "addPlayer", "{\"playerId\":\"%s\"}".formatted(o.id()));
    Answer started =
        parley.await(
            () -> parley.get("/api/sessions/" + id, x),
            answer -> answer.text("status").equals("inProgress"));
    assertEquals(2, started.body().path("players").size());

    parley.raise(
        id,
        "forfeit",
        "{\"moveId\":\"%s\",\"playerId\":\"%s\"}".formatted(UUID.randomUUID(), x.id()));
    parley.awaitEnd(id);
    Answer over = parley.get("/api/sessions/" + id, x);
    assertEquals("forfeit", over.text("endReason"));
    assertEquals(o.id(), over.text("winnerId"));
  }

  @Test
  void nonsense_by_events_changes_nothing_and_the_game_goes_on() {
    Game game = Game.start();
    parley.awaitVersion(game.id, 2);
    String stranger = parley.signIn("Eve").id();

    for (String payload :
        List.of(
            "{}",
            "[]",
            "null",
            "\"text\"",
            "{\"moveId\":\"no id\",\"playerId\":7}",
            "{\"moveId\":\"%s\",\"playerId\":\"%s\",\"move\":{\"cell\":0}}"
                .formatted(UUID.randomUUID(), stranger),
            "{\"moveId\":\"%s\",\"playerId\":\"%s\",\"move\":{\"cell\":99}}"
                .formatted(UUID.randomUUID(), game.current().id()))) {
      for (String event : List.of("takeTurn", "forfeit", "addPlayer")) {
        if (event.equals("forfeit") && payload.contains(game.current().id())) {
          continue;
        }
        assertEquals(202, parley.raise(game.id, event, payload).status(), payload);
      }
    }
    assertEquals(200, game.play(game.current(), 4).status());

    parley.awaitVersion(game.id, 3);
    assertEquals(3, game.load().body().path("version").asLong());
  }

  @Test
  void who_lets_the_deadline_pass_loses_without_any_request() {
    Game game = Game.start(",\"turnSeconds\":2592000");
    parley.awaitVersion(game.id, 2);
    TestPlayer late = game.current();

    for (int day = 1; day < 30; day++) {
      parley.advance(Duration.ofDays(1));
    }
    parley.advance(Duration.ofDays(1).minusSeconds(1));
    assertEquals("Running", parley.instance(game.id).text("runtimeStatus"));
    parley.advance(Duration.ofSeconds(1));

    parley.awaitEnd(game.id);
    Answer over = game.load();
    assertEquals("timeout", over.text("endReason"));
    assertEquals(late.equals(game.x) ? game.o.id() : game.x.id(), over.text("winnerId"));
  }
}
