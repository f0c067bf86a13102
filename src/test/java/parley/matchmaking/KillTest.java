package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parley.Answer;
import parley.TestApp.Unanswered;
import parley.TestPlayer;
import parley.TestProcess;
import parley.TestRedis;
import parley.local.services.Redis;
import parley.matchmaking.RedisProxy.Moment;
import parley.matchmaking.RedisProxy.Trap;
import redis.clients.jedis.RedisClient;

/**
 * The app is killed at every step of a request and of the hand-over: before Redis gets the step's
 * script, and when Redis has run it but the app does not know. Its clock stands still unless it is
 * moved here, so nothing is mended by a timer that is not meant to.
 */
class KillTest {

  /** More than a hand-over's lease, and the time between two looks of the monitor. */
  private static final Duration LEASE = Duration.ofSeconds(16);

  private static final BooleanSupplier NEXT = () -> true;

  @TempDir private static Path folder;
  private static Redis server;
  private static RedisClient redis;
  private static RedisProxy proxy;
  private static TestProcess app;
  private static Lobby lobby;

  private final UUID game = UUID.randomUUID();
  private final String address = game + ".example:7777";
  private final List<TestPlayer> unanswered = new ArrayList<>();
  private List<TestPlayer> four;
  private String mode;

  @BeforeAll
  static void start() throws IOException {
    server = TestRedis.own(folder.resolve("redis"));
    redis = RedisClient.create(server.connectionString());
    proxy = new RedisProxy(server.port());
    String there = server.connectionString().replace(":" + server.port(), ":" + proxy.port());
    app = new TestProcess(folder.resolve("app"), Map.of("REDIS_CONNECTION_STRING", there));
    lobby = new Lobby(app);
  }

  @AfterAll
  static void stop() throws IOException {
    app.close();
    proxy.close();
    redis.close();
    server.close();
  }

  @BeforeEach
  void four_players() {
    four = lobby.players(4);
    mode = game.toString();
  }

  @AfterEach
  void all_is_well_in_the_end() {
    assertEquals(List.of(), lobby.wrong());
  }

  private static Trap killAt(String script, Moment moment, BooleanSupplier due) {
    return proxy.cutAt(script, moment, due, app::kill);
  }

  private static boolean oneIsReady() {
    return redis.scard("SessionsReady") == 1;
  }

  private static boolean oneIsAllocated() {
    return redis.zcard("SessionsAllocated") == 1;
  }

  private static BooleanSupplier due(String script, Moment moment) {
    if (!script.equals("hand_over")) {
      return NEXT;
    }
    return moment == Moment.BEFORE ? KillTest::oneIsReady : KillTest::oneIsAllocated;
  }

  @ParameterizedTest
  @CsvSource({
    "take, BEFORE", "take, AFTER",
    "place, BEFORE", "place, AFTER",
    "hand_over, BEFORE", "hand_over, AFTER",
    "handed_over, BEFORE", "handed_over, AFTER"
  })
  void four_players_get_the_one_server(String script, Moment moment) throws Exception {
    assertEquals(200, lobby.addServer(game, address).status());
    four.subList(0, 3).forEach(this::request);
    lobby.await(four.subList(0, 3), "searching");

    Trap death = killAt(script, moment, due(script, moment));
    request(four.get(3));
    death.await();
    app.restart();
    repeatRequests();
    if (script.equals("hand_over") && moment == Moment.AFTER) {
      // Only the end of its lease tells that this hand-over was not sent.
      app.advance(LEASE);
    }

    expectOneMatch(four);
  }

  @ParameterizedTest
  @EnumSource
  void four_players_who_wait_get_the_server_that_is_added(Moment moment) throws Exception {
    four.forEach(this::request);
    lobby.await(four, "searching");

    Trap death = killAt("add_servers", moment, NEXT);
    assertThrows(Unanswered.class, () -> lobby.addServer(game, address));
    death.await();
    app.restart();
    assertEquals(200, lobby.addServer(game, address).status());

    expectOneMatch(four);
  }

  @ParameterizedTest
  @EnumSource
  void tickets_that_redis_has_lost_are_placed_again(Moment moment) throws Exception {
    four.forEach(this::request);
    lobby.await(four, "searching");
    redis.flushAll();

    Trap death = killAt("seek", moment, NEXT);
    app.advance(Duration.ofSeconds(6));
    death.await();
    app.restart();
    lobby.await(four, "searching");
    assertEquals(200, lobby.addServer(game, address).status());

    expectOneMatch(four);
  }

  @ParameterizedTest
  @EnumSource
  void a_player_who_cancels_gives_the_seat_back(Moment moment) throws Exception {
    List<TestPlayer> three = four.subList(0, 3);
    three.forEach(this::request);
    lobby.await(three, "searching");

    Trap death = killAt("leave", moment, NEXT);
    assertThrows(Unanswered.class, () -> lobby.cancel(three.get(0)));
    death.await();
    app.restart();
    if (moment == Moment.BEFORE) {
      assertTrue(Lobby.is(lobby.status(three.get(0)), "searching"));
      assertEquals(200, lobby.cancel(three.get(0)).status());
    } else {
      // The player does not ask again: the request finds out by itself.
      app.advance(Duration.ofSeconds(26));
    }

    lobby.await(three.get(0), "cancelled");
    expectTheOthersToGetAMatch(three.get(0));
  }

  @Test
  void a_player_whose_time_is_over_gives_the_seat_back() throws Exception {
    TestPlayer hurried = four.get(0);
    String wish = Lobby.wish(mode).replaceFirst("}$", ",\"timeoutSeconds\":1}");
    assertEquals(202, app.post(Lobby.REQUESTS, hurried, wish).status());
    four.subList(1, 3).forEach(this::request);
    lobby.await(four.subList(0, 3), "searching");

    Trap death = killAt("leave", Moment.AFTER, NEXT);
    app.advance(Duration.ofSeconds(2));
    death.await();
    app.restart();

    lobby.await(hurried, "timedOut");
    expectTheOthersToGetAMatch(hurried);
  }

  /** Two wait still and have kept their seats; two more come. */
  private void expectTheOthersToGetAMatch(TestPlayer gone) throws Exception {
    String left = lobby.status(gone).text("status");
    List<TestPlayer> others = new ArrayList<>(four.subList(1, 3));
    lobby.await(others, "searching");
    others.addAll(lobby.players(2));
    others.subList(2, 4).forEach(this::request);
    assertEquals(200, lobby.addServer(game, address).status());
    expectOneMatch(others);
    assertEquals(left, lobby.status(gone).text("status"));
  }

  /** All have the one server, for one session; and whatever comes again changes nothing. */
  private void expectOneMatch(List<TestPlayer> players) {
    Set<String> sessions = new HashSet<>();
    for (TestPlayer player : players) {
      Answer matched = lobby.await(player, "matched");
      assertEquals(address, matched.text("server"));
      sessions.add(matched.text("sessionId"));
    }
    assertEquals(1, sessions.size(), () -> "sessions " + sessions);

    app.advance(LEASE);
    app.await(KillTest::figures, figures -> figures.body().at("/servers/leased").intValue() == 0);
    assertEquals(sessions, sessionsOf(game));
    assertEquals(0, lobby.depth("mode=" + mode));
    for (TestPlayer player : players) {
      Answer matched = lobby.status(player);
      assertTrue(Lobby.is(matched, "matched"), () -> matched.body().toString());
      assertEquals(sessions, Set.of(matched.text("sessionId")));
    }
  }

  /** The sessions that a server was given to. */
  private static Set<String> sessionsOf(UUID server) {
    return redis.keys("Session:*").stream()
        .filter(key -> server.toString().equals(redis.hget(key, "ServerId")))
        .map(key -> key.substring("Session:".length()))
        .collect(Collectors.toSet());
  }

  /** Asks for a match; a player who gets no answer is remembered. */
  private void request(TestPlayer player) {
    try {
      assertEquals(202, lobby.request(player, mode).status());
    } catch (Unanswered killed) {
      unanswered.add(player);
    }
  }

  /** Who was told nothing asks again: with success, or to learn that it had success before. */
  private void repeatRequests() {
    for (TestPlayer player : unanswered) {
      int status = lobby.request(player, mode).status();
      assertTrue(status == 202 || status == 409, () -> "answered " + status);
    }
  }

  private static Answer figures() {
    return app.operate("GET", "/api/matchmaking/stats", null);
  }
}
