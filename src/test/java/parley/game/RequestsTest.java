package parley.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parley.TestPlayer.turn;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.local.TestClock;

/** What players send and are answered, good and bad, through the real HTTP surface. */
class RequestsTest {

  private static final ExecutorService THREADS = Executors.newFixedThreadPool(40);

  @TempDir static Path state;
  private static TestHost parley;
  private static TestPlayer ada;
  private static TestPlayer bob;

  @BeforeAll
  static void start() {
    parley = TestHost.start(state);
    ada = parley.signIn("Ada");
    bob = parley.signIn("Bob");
  }

  @AfterAll
  static void stop() {
    THREADS.shutdownNow();
    parley.close();
  }

  private static String wish() {
    return "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"}}"
        .formatted(UUID.randomUUID());
  }

  private static String open() {
    return parley.post("/api/sessions", ada, wish()).text("sessionId");
  }

  private static Answer started() {
    String wish = wish();
    parley.post("/api/sessions", ada, wish);
    return parley.post("/api/sessions", bob, wish);
  }

  private static TestPlayer mover(Answer session) {
    return session.text("currentPlayerId").equals(ada.id()) ? ada : bob;
  }

  private static String turns(Answer session) {
    return "/api/sessions/" + session.text("sessionId") + "/turns";
  }

  private static void assertProblem(int status, String type, Answer answer) {
    assertEquals(status, answer.status(), () -> String.valueOf(answer.body()));
    assertEquals(type, answer.text("type"));
    assertEquals(status, answer.body().path("status").asInt());
    assertFalse(answer.text("title").isBlank());
    assertFalse(answer.text("detail").isBlank());
    assertTrue(answer.header("Content-Type").startsWith("application/problem+json"));
  }

  @Test
  void a_device_signs_in_again_as_the_same_player() {
    String body = "{\"deviceId\":\"a secret of a device\",\"name\":\"  Ada  \"}";
    body = body.replace("a secret", UUID.randomUUID().toString());

    Answer first = parley.post("/api/players", null, body);
    Answer again = parley.post("/api/players", null, body.replace("Ada", "Eve"));

    assertEquals(201, first.status());
    assertEquals("Ada", first.text("name"));
    assertEquals("2026-03-08T12:00:00Z", first.text("expiresAt"));
    assertEquals(200, again.status());
    assertEquals(first.text("playerId"), again.text("playerId"));
    assertEquals("Ada", again.text("name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "[]",
        "null",
        "{}",
        "{\"deviceId\":\"too short\"}",
        "{\"deviceId\":1234567890123456}",
        "{\"deviceId\":\"long enough for this\",\"name\":\"\"}",
        "{\"deviceId\":\"long enough for this\",\"name\":\"a\\u0000b\"}"
      })
  void a_bad_sign_in_is_malformed(String body) {
    assertProblem(400, "malformed", parley.post("/api/players", null, body));
  }

  @Test
  void a_player_may_look_at_and_change_the_own_profile() {
    TestPlayer eve = parley.signIn("Eve");

    Answer renamed = parley.send("PATCH", "/api/players/me", eve, "{\"name\":\"Evelyn\"}");

    assertEquals("Evelyn", renamed.text("name"));
    Answer profile = parley.get("/api/players/me", eve);
    assertEquals(eve.id(), profile.text("playerId"));
    assertEquals("Evelyn", profile.text("name"));
  }

  @Test
  void a_session_has_the_documented_shape_with_every_field() {
    Answer opened = parley.post("/api/sessions", ada, wish());

    List<String> names = new ArrayList<>();
    for (Iterator<String> i = opened.body().fieldNames(); i.hasNext(); ) {
      names.add(i.next());
    }
    assertEquals(
        List.of(
            "sessionId",
            "game",
            "settings",
            "status",
            "players",
            "board",
            "movesLeft",
            "currentPlayerId",
            "winnerId",
            "endReason",
            "turnDeadline",
            "inviteCode",
            "version",
            "createdAt",
            "updatedAt"),
        names);
    assertEquals("---------", opened.text("board"));
    assertEquals(9, opened.body().path("movesLeft").asInt());
    assertEquals("X", opened.body().path("players").path(0).path("seat").textValue());
    assertTrue(opened.body().path("winnerId").isNull());
    assertEquals("\"1\"", opened.header("ETag"));
  }

  @Test
  void settings_match_whatever_the_order_of_their_names() {
    String table = UUID.randomUUID().toString();
    String one =
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"a\":1.0,\"table\":\"%s\"}}".formatted(table);
    String two =
        "{\"settings\":{\"table\":\"%s\",\"a\":1},\"game\":\"tic-tac-toe\"}".formatted(table);

    assertEquals(201, parley.post("/api/sessions", ada, one).status());
    assertEquals(200, parley.post("/api/sessions", bob, two).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "\"text\"",
        "null",
        "{}",
        "{\"game\":\"tic-tac-toe\"}",
        "{\"game\":5,\"settings\":{}}",
        "{\"game\":\"tic-tac-toe\",\"settings\":[]}",
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"turnSeconds\":\"90\"}}",
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"turnSeconds\":90.5}}",
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"a\":1e999}}",
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"a\":1,\"a\":2}}",
        "{\"game\":\"tic-tac-toe\",\"settings\":{},\"opponent\":\"nobody\"}",
        "{\"game\":\"tic-tac-toe\",\"settings\":{},\"inviteOnly\":\"yes\"}"
      })
  void a_session_that_cannot_be_read_is_malformed(String body) {
    assertProblem(400, "malformed", parley.post("/api/sessions", ada, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown-game     | {\"game\":\"chess\",\"settings\":{}}",
        "illegal-settings | {\"game\":\"tic-tac-toe\",\"settings\":{\"turnSeconds\":59}}",
        "illegal-settings | {\"game\":\"tic-tac-toe\",\"settings\":{\"turnSeconds\":2592001}}",
        "illegal-settings | {\"game\":\"tic-tac-toe\",\"settings\":{\"turnSeconds\":99999999999999999999}}",
        "unknown-opponent | {\"game\":\"tic-tac-toe\",\"settings\":{},\"opponent\":\"00000000-0000-4000-8000-000000000000\"}"
      })
  void a_session_that_cannot_be_is_illegal(String type, String body) {
    assertProblem(422, type, parley.post("/api/sessions", ada, body));
  }

  @Test
  void nobody_invites_himself() {
    String body =
        "{\"game\":\"tic-tac-toe\",\"settings\":{},\"opponent\":\"%s\"}".formatted(ada.id());
    assertProblem(422, "unknown-opponent", parley.post("/api/sessions", ada, body));
  }

  @ParameterizedTest
  @CsvSource({
    "400, malformed, 1.5",
    "400, malformed, '\"x\"'",
    "400, malformed, null",
    "400, malformed, true",
    "422, illegal-move, 9",
    "422, illegal-move, -1",
    "422, illegal-move, 99999999999"
  })
  void a_bad_cell_is_refused(int status, String type, String cell) {
    Answer session = started();

    Answer answer =
        parley.post(turns(session), mover(session), turn(UUID.randomUUID().toString(), cell));

    assertProblem(status, type, answer);
  }

  @Test
  void a_turn_that_cannot_be_read_is_malformed() {
    Answer session = started();
    for (String body :
        List.of(
            "",
            "not JSON",
            "[]",
            "{\"move\":{\"cell\":4}}",
            "{\"moveId\":\"%s\"}".formatted(UUID.randomUUID()),
            "{\"moveId\":\"no GUID\",\"move\":{\"cell\":4}}",
            "{\"moveId\":\"MDEyMzQ1Njc4OWFiY2RlZg==\",\"move\":{\"cell\":4}}",
            "{\"moveId\":\"%s\",\"move\":[4]}".formatted(UUID.randomUUID()))) {
      assertProblem(400, "malformed", parley.post(turns(session), mover(session), body));
    }
  }

  @Test
  void a_megabyte_is_too_large() {
    Answer session = started();
    String body = turn(4).replace("}}", ",\"more\":\"" + "x".repeat(1_000_000) + "\"}}");

    assertProblem(413, "too-large", parley.post(turns(session), mover(session), body));
    assertEquals(200, parley.post(turns(session), mover(session), turn(4)).status());
  }

  @Test
  void what_is_refused_by_the_state_of_the_game_comes_with_that_state() {
    Answer session = started();
    TestPlayer mover = mover(session);
    TestPlayer other = mover == ada ? bob : ada;

    Answer early = parley.post(turns(session), other, turn(4));

    assertProblem(409, "not-your-turn", early);
    assertEquals(session.body(), early.body().path("session"));
    parley.post(turns(session), mover, turn(4));
    assertProblem(422, "illegal-move", parley.post(turns(session), other, turn(4)));
  }

  @Test
  void a_move_sent_again_is_answered_with_the_session_as_it_stands_now() {
    Answer session = started();
    TestPlayer mover = mover(session);
    TestPlayer other = mover == ada ? bob : ada;
    String moveId = UUID.randomUUID().toString();
    parley.post(turns(session), mover, turn(moveId, 4));
    parley.post(turns(session), other, turn(0));

    Answer again = parley.post(turns(session), mover, turn(moveId, 4));
    assertEquals(200, again.status());
    assertEquals(4, again.body().path("version").asInt());
    assertProblem(422, "move-id-reused", parley.post(turns(session), mover, turn(moveId, 5)));
    assertProblem(422, "move-id-reused", parley.post(turns(session), other, turn(moveId, 4)));
  }

  @Test
  void a_stranger_sees_and_does_nothing() {
    TestPlayer eve = parley.signIn("Eve");
    Answer session = started();
    String path = "/api/sessions/" + session.text("sessionId");

    assertProblem(403, "forbidden", parley.get(path, eve));
    assertProblem(403, "forbidden", parley.get(path + "/moves", eve));
    assertProblem(403, "forbidden", parley.post(path + "/turns", eve, turn(4)));
    String moveId = UUID.randomUUID().toString();
    parley.post(turns(session), mover(session), turn(moveId, 4));
    assertProblem(403, "forbidden", parley.post(path + "/turns", eve, turn(moveId, 4)));
    assertProblem(
        403,
        "forbidden",
        parley.post(path + "/forfeit", eve, "{\"moveId\":\"%s\"}".formatted(UUID.randomUUID())));
    assertProblem(403, "forbidden", parley.send("DELETE", path, eve, null));
    Answer full = parley.post(path + "/players", eve, "{}");
    assertProblem(409, "already-full", full);
    assertTrue(full.body().path("session").isMissingNode(), "a stranger is not shown the session");
  }

  @ParameterizedTest
  @ValueSource(strings = {"00000000-0000-4000-8000-000000000000", "nonsense", "1-1-1-1-1"})
  void an_unknown_session_is_not_found(String id) {
    String path = "/api/sessions/" + id;
    assertProblem(404, "not-found", parley.get(path, ada));
    assertProblem(404, "not-found", parley.get(path + "/moves", ada));
    assertProblem(404, "not-found", parley.post(path + "/turns", ada, turn(4)));
    assertProblem(404, "not-found", parley.send("DELETE", path, ada, null));
  }

  @Test
  void nothing_goes_without_a_good_token() {
    Answer session = started();
    String header = "Authorization";
    String unsigned =
        new PlainJWT(new JWTClaimsSet.Builder().issuer("parley").subject(ada.id()).build())
            .serialize();
    String changed = ada.token().substring(0, ada.token().length() - 4) + "AAAA";
    for (String path : List.of("/api/sessions", turns(session), "/api/players/me")) {
      String method = path.endsWith("turns") ? "POST" : "GET";
      String body = path.endsWith("turns") ? turn(4) : null;
      Answer without = parley.send(method, path, null, body);
      assertProblem(401, "unauthenticated", without);
      assertEquals("Bearer", without.header("WWW-Authenticate"));
      for (String token : List.of(unsigned, changed, "nonsense", "")) {
        assertProblem(
            401,
            "unauthenticated",
            parley.send(method, path, null, body, header, "Bearer " + token));
      }
      assertProblem(
          401, "unauthenticated", parley.send(method, path, null, body, header, "Basic eDp5"));
    }
  }

  @Test
  void an_expired_token_and_one_of_another_key_are_refused(@TempDir Path other) {
    TestPlayer stranger;
    try (TestHost elsewhere = TestHost.start(other)) {
      stranger = elsewhere.signIn("Ada");
      assertEquals(200, elsewhere.get("/api/players/me", stranger).status());
      elsewhere.advance(Duration.ofDays(7));
      assertProblem(401, "unauthenticated", elsewhere.get("/api/players/me", stranger));
    }
    assertProblem(401, "unauthenticated", parley.get("/api/players/me", stranger));
  }

  @Test
  void a_version_that_the_client_has_is_not_sent_again() {
    Answer session = started();
    String path = "/api/sessions/" + session.text("sessionId");

    for (String tag : List.of("\"2\"", "W/\"2\"", "\"7\", \"2\"", "*")) {
      Answer unchanged = parley.send("GET", path, ada, null, "If-None-Match", tag);
      assertEquals(304, unchanged.status(), tag);
      assertNull(unchanged.body());
      assertEquals("\"2\"", unchanged.header("ETag"));
    }
    assertEquals(200, parley.send("GET", path, ada, null, "If-None-Match", "\"1\"").status());
  }

  @Test
  void a_session_is_started_once_however_often_it_is_asked_for_with_one_key() {
    String wish = wish();
    String key = UUID.randomUUID().toString();
    Answer first = parley.send("POST", "/api/sessions", ada, wish, "Idempotency-Key", key);
    Answer again = parley.send("POST", "/api/sessions", ada, wish, "Idempotency-Key", key);
    Answer joined = parley.send("POST", "/api/sessions", bob, wish, "Idempotency-Key", key);
    Answer joinedAgain = parley.send("POST", "/api/sessions", bob, wish, "Idempotency-Key", key);
    Answer after = parley.send("POST", "/api/sessions", ada, wish, "Idempotency-Key", key);

    assertEquals(List.of(201, 201, 201), List.of(first.status(), again.status(), after.status()));
    assertEquals(List.of(200, 200), List.of(joined.status(), joinedAgain.status()));
    for (Answer answer : List.of(again, joined, joinedAgain, after)) {
      assertEquals(first.text("sessionId"), answer.text("sessionId"));
    }
    assertEquals("inProgress", after.text("status"));
    assertProblem(
        422,
        "idempotency-key-reused",
        parley.send("POST", "/api/sessions", ada, wish(), "Idempotency-Key", key));
    assertProblem(
        400,
        "malformed",
        parley.send("POST", "/api/sessions", ada, wish(), "Idempotency-Key", "k".repeat(256)));
  }

  @Test
  void an_open_session_may_be_withdrawn_and_is_then_over() {
    String path = "/api/sessions/" + open();

    Answer cancelled = parley.send("DELETE", path, ada, null);

    assertEquals(200, cancelled.status());
    assertEquals("cancelled", cancelled.text("endReason"));
    assertEquals(200, parley.send("DELETE", path, ada, null).status());
    assertProblem(409, "game-over", parley.post(path + "/turns", ada, turn(4)));
    parley.awaitEnd(cancelled.text("sessionId"));
    Answer running = started();
    assertProblem(
        409,
        "already-started",
        parley.send("DELETE", "/api/sessions/" + running.text("sessionId"), ada, null));
  }

  @Test
  void a_move_before_anybody_has_joined_is_refused() {
    assertProblem(
        409, "not-started", parley.post("/api/sessions/" + open() + "/turns", ada, turn(4)));
  }

  @Test
  void a_private_session_is_joined_by_its_code() {
    Answer opened =
        parley.post("/api/sessions", ada, wish().replace("}}", "},\"inviteOnly\":true}"));
    String path = "/api/sessions/" + opened.text("sessionId") + "/players";
    String code = opened.text("inviteCode");

    assertProblem(403, "forbidden", parley.post(path, bob, "{}"));
    assertProblem(403, "forbidden", parley.post(path, bob, "{\"code\":\"WRONG\"}"));
    assertProblem(400, "malformed", parley.post(path, bob, "{\"code\":5}"));
    Answer joined =
        parley.post(path, bob, "{\"code\":\" %s \"}".formatted(code.toLowerCase(Locale.ROOT)));
    assertEquals(200, joined.status());
    assertEquals("inProgress", joined.text("status"));
    assertEquals(200, parley.post(path, bob, "{}").status(), "who sits may join again");
  }

  @Test
  void who_is_invited_finds_the_session_is_told_and_joins_without_a_code() {
    TestPlayer carol = parley.signIn("Carol");
    String invitation = "},\"opponent\":\"%s\"}".formatted(carol.id());
    String id =
        parley.post("/api/sessions", ada, wish().replace("}}", invitation)).text("sessionId");

    Answer list = parley.get("/api/sessions?status=matchmaking", carol);
    assertEquals(id, list.body().path("sessions").path(0).path("sessionId").textValue());
    Answer inbox =
        parley.await(
            () -> parley.get("/api/notifications", carol),
            answer -> answer.body().path("notifications").size() == 1);
    assertEquals("invited", inbox.body().path("notifications").path(0).path("kind").textValue());
    assertProblem(403, "forbidden", parley.post("/api/sessions/" + id + "/players", bob, "{}"));
    assertEquals(200, parley.post("/api/sessions/" + id + "/players", carol, "{}").status());
  }

  @Test
  void a_list_has_pages_and_refuses_nonsense() {
    TestPlayer eve = parley.signIn("Eve");
    for (int i = 0; i < 3; i++) {
      parley.post("/api/sessions", eve, wish());
    }

    Answer first = parley.get("/api/sessions?limit=2", eve);
    assertEquals(2, first.body().path("sessions").size());
    Answer last = parley.get("/api/sessions?limit=2&cursor=" + first.text("next"), eve);
    assertEquals(1, last.body().path("sessions").size());
    assertTrue(last.body().path("next").isNull());
    String absurd = "cursor=" + base64("253402300800000:1");
    for (String query :
        List.of(
            "limit=0",
            "limit=101",
            "limit=x",
            "limit=1.5",
            "status=open",
            "cursor=x",
            "cursor=",
            absurd)) {
      assertProblem(400, "malformed", parley.get("/api/sessions?" + query, eve));
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void forty_players_who_start_at_once_make_twenty_games() {
    String wish = wish();
    List<TestPlayer> players = Stream.generate(() -> parley.signIn("One")).limit(40).toList();

    List<CompletableFuture<Answer>> starts =
        players.stream()
            .map(
                one ->
                    CompletableFuture.supplyAsync(
                        () -> parley.post("/api/sessions", one, wish), THREADS))
            .toList();

    List<Answer> answers = starts.stream().map(CompletableFuture::join).toList();
    assertEquals(20, answers.stream().filter(answer -> answer.status() == 201).count());
    assertEquals(20, answers.stream().filter(answer -> answer.status() == 200).count());
    assertEquals(20, answers.stream().map(answer -> answer.text("sessionId")).distinct().count());
  }

  private static String nested(int depth) {
    return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  @Test
  void what_is_nested_deeply_is_refused_and_what_is_not_works_everywhere() {
    TestPlayer eve = parley.signIn("Eve");
    String wish = "{\"game\":\"tic-tac-toe\",\"settings\":%s,\"opponent\":\"%s\"}";
    for (int depth : List.of(33, 500, 2_000)) {
      assertProblem(
          400,
          "malformed",
          parley.post("/api/sessions", ada, wish.formatted(nested(depth), eve.id())));
    }

    Answer opened = parley.post("/api/sessions", ada, wish.formatted(nested(32), eve.id()));
    assertEquals(201, opened.status());
    String path = "/api/sessions/" + opened.text("sessionId");
    assertEquals(200, parley.get("/api/sessions", eve).status());
    parley.post(path + "/players", eve, "{}");
    TestPlayer mover = parley.get(path, ada).text("currentPlayerId").equals(ada.id()) ? ada : eve;
    String deep = turn(4).replace("}}", ",\"more\":" + nested(31) + "}}");
    assertEquals(200, parley.post(path + "/turns", mover, deep).status());
    assertEquals(200, parley.get(path + "/moves", eve).status());
    parley.awaitVersion(opened.text("sessionId"), 3);
  }

  @Test
  void the_history_is_enough_to_replay_the_game() {
    Answer session = started();
    TestPlayer mover = mover(session);
    TestPlayer other = mover == ada ? bob : ada;
    String moveId = UUID.randomUUID().toString();
    parley.post(turns(session), mover, turn(moveId, 4));
    String path = "/api/sessions/" + session.text("sessionId");
    parley.post(path + "/forfeit", other, "{\"moveId\":\"%s\"}".formatted(UUID.randomUUID()));

    JsonNode moves = parley.get(path + "/moves", ada).body().path("moves");

    assertEquals(2, moves.size());
    assertEquals(1, moves.path(0).path("seq").asInt());
    assertEquals(moveId, moves.path(0).path("moveId").textValue());
    assertEquals(mover.id(), moves.path(0).path("playerId").textValue());
    assertEquals("{\"cell\":4}", moves.path(0).path("move").toString());
    assertEquals("2026-03-01T12:00:00Z", moves.path(0).path("playedAt").textValue());
    assertTrue(moves.path(1).path("move").isNull());
  }

  @Test
  void both_players_are_told_what_happens_each_thing_once() {
    TestPlayer x = parley.signIn("Ada");
    TestPlayer o = parley.signIn("Bob");
    String wish = wish();
    parley.post("/api/sessions", x, wish);
    Answer session = parley.post("/api/sessions", o, wish);
    TestPlayer mover = session.text("currentPlayerId").equals(x.id()) ? x : o;
    TestPlayer other = mover == x ? o : x;
    parley.awaitVersion(session.text("sessionId"), 2);
    parley.post(turns(session), mover, turn(4));
    parley.awaitVersion(session.text("sessionId"), 3);

    assertEquals(List.of("yourTurn"), kinds(mover));
    assertEquals(List.of("gameStarted", "yourTurn"), kinds(other));
    Answer inbox = parley.get("/api/notifications", other);
    String first = inbox.body().path("notifications").path(0).path("id").textValue();
    Answer rest = parley.get("/api/notifications?after=" + first, other);
    assertEquals(1, rest.body().path("notifications").size());
    assertProblem(404, "not-found", parley.get("/api/notifications?after=" + first, mover));
    assertProblem(400, "malformed", parley.get("/api/notifications?after=x", mover));
  }

  private static List<String> kinds(TestPlayer player) {
    List<String> kinds = new ArrayList<>();
    parley
        .get("/api/notifications", player)
        .body()
        .path("notifications")
        .forEach(notification -> kinds.add(notification.path("kind").textValue()));
    return kinds;
  }

  @Test
  void health_tells_each_store() {
    Answer health = parley.get("/api/health", null);

    assertEquals(200, health.status());
    assertEquals("up", health.text("status"));
    JsonNode mysql = health.body().path("stores").path(0);
    assertEquals("mysql", mysql.path("name").textValue());
    assertTrue(mysql.path("latencyMs").asDouble() > 0);
  }

  @Test
  void a_limit_of_requests_is_kept_when_it_is_set(@TempDir Path other) {
    TestClock clock = new TestClock("2026-03-01T12:00:10Z");
    try (TestHost limited =
        TestHost.start(other, clock, Map.of("PLAYER_REQUESTS_PER_MINUTE", "2"))) {
      TestPlayer eve = limited.signIn("Eve");
      assertEquals(200, limited.get("/api/players/me", eve).status());
      assertEquals(200, limited.get("/api/players/me", eve).status());

      Answer third = limited.get("/api/players/me", eve);

      assertProblem(429, "too-many-requests", third);
      assertEquals("50", third.header("Retry-After"));
      limited.advance(Duration.ofSeconds(50));
      assertEquals(200, limited.get("/api/players/me", eve).status());
    }
  }

  @Test
  void the_management_api_wants_its_key() {
    String path = "/runtime/webhooks/durabletask/instances/" + open();

    assertEquals(401, parley.get(path, ada).status());
    assertEquals(401, parley.get(path + "?code=wrong", ada).status());
    assertNotEquals(401, parley.instance(path.substring(path.lastIndexOf('/') + 1)).status());
  }
}
