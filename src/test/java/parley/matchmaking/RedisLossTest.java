package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.TestRedis;
import parley.local.TestClock;
import parley.local.eventhubs.TestHubs;
import parley.local.services.Redis;

/** Redis is taken away from the matchmaker, and comes back. */
class RedisLossTest {

  private static final Duration FIRST_LOOK = Duration.ofSeconds(6);

  @TempDir private Path folder;
  private Redis redis;
  private RedisProxy proxy;
  private TestHost app;
  private Lobby lobby;

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final UUID game = UUID.randomUUID();
  private final String address = "203.0.113.7:7777";

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.own(folder.resolve("redis"));
    proxy = new RedisProxy(redis.port());
    String there = redis.connectionString().replace(":" + redis.port(), ":" + proxy.port());
    app =
        TestHost.start(
            folder.resolve("app"),
            new TestClock("2026-03-01T12:00:00Z"),
            Map.of("REDIS_CONNECTION_STRING", there));
    lobby = new Lobby(app);
  }

  @AfterEach
  void stop() throws Exception {
    callers.shutdownNow();
    app.close();
    proxy.close();
    redis.close();
  }

  private void takeAway() {
    redis.close();
  }

  private void bringBack() {
    redis = TestRedis.own(folder.resolve("redis"), redis.port());
  }

  private List<TestPlayer> searching(int count) {
    List<TestPlayer> players = lobby.players(count);
    players.forEach(player -> assertEquals(202, lobby.request(player, "loss").status()));
    lobby.await(players, "searching");
    return players;
  }

  private void expectOneMatch(List<TestPlayer> players) {
    String session = lobby.await(players.get(0), "matched").text("sessionId");
    for (TestPlayer player : players) {
      Answer matched = lobby.await(player, "matched");
      assertEquals(address, matched.text("server"));
      assertEquals(session, matched.text("sessionId"));
    }
    assertEquals(List.of(), lobby.wrong());
  }

  @Test
  void who_waits_keeps_the_seat_when_redis_is_restarted() {
    List<TestPlayer> four = searching(4);
    String session = lobby.status(four.get(0)).text("sessionId");

    takeAway();
    bringBack();

    lobby.addServer(game, address);
    expectOneMatch(four);
    assertEquals(session, lobby.status(four.get(0)).text("sessionId"));
  }

  @Test
  void who_waits_is_placed_again_when_redis_is_restarted_empty() {
    assertEquals(200, lobby.addServer(game, address).status());
    List<TestPlayer> players = searching(3);

    takeAway();
    TestRedis.forget(folder.resolve("redis"));
    bringBack();

    assertEquals(404, lobby.heartbeat(game, "free").status(), "the server is to register again");
    players.forEach(player -> assertEquals("queued", lobby.status(player).text("status")));
    // Whoever asks again meanwhile has a request still.
    Answer again = lobby.request(players.get(0), "loss");
    assertEquals(409, again.status());
    assertEquals(players.get(0).id(), again.body().at("/request/playerId").textValue());

    app.advance(FIRST_LOOK);
    lobby.await(players, "searching");
    assertEquals(3, lobby.depth("mode=loss"));
    assertEquals(200, lobby.addServer(game, address).status());
    TestPlayer last = lobby.players(1).get(0);
    assertEquals(202, lobby.request(last, "loss").status());
    expectOneMatch(List.of(players.get(0), players.get(1), players.get(2), last));
  }

  @Test
  void while_redis_is_away_everybody_is_told_to_come_again_and_no_event_is_lost() {
    List<TestPlayer> two = searching(2);
    TestPlayer third = lobby.players(1).get(0);
    UUID trusted = UUID.randomUUID();

    takeAway();
    expectUnavailable(two.get(0), third);
    int refused = proxy.refused();
    Lobby.send(app, "any", Lobby.bare(trusted, "mode=loss"));
    // Nobody else asks for Redis now: this is the function that takes events.
    TestHubs.until(() -> proxy.refused() > refused);
    expectUnavailable(two.get(0), third);
    bringBack();

    app.await(() -> lobby.request(third, "loss"), answer -> answer.status() != 503);
    assertEquals(200, lobby.addServer(game, address).status());
    expectOneMatch(List.of(two.get(0), two.get(1), third));
    Answer ended = app.awaitEnd(trusted.toString());
    assertEquals(address, ended.body().at("/output/server").textValue());
  }

  @Test
  void a_redis_that_does_not_answer_is_as_one_that_is_away() throws Exception {
    List<TestPlayer> players = searching(3);
    TestPlayer last = lobby.players(1).get(0);

    proxy.hang();
    expectUnavailable(players.get(0), last);
    proxy.goOn();

    assertEquals(202, lobby.request(last, "loss").status());
    assertEquals(200, lobby.addServer(game, address).status());
    expectOneMatch(List.of(players.get(0), players.get(1), players.get(2), last));
  }

  /** Every route that needs Redis: with a problem that says when to come again, and no 500. */
  private void expectUnavailable(TestPlayer waiting, TestPlayer other) {
    List<Supplier<Answer>> routes =
        List.of(
            () -> lobby.request(other, "loss"),
            () -> lobby.request(waiting, "loss"),
            () -> lobby.status(waiting),
            () -> lobby.cancel(waiting),
            () -> lobby.addServer(game, address),
            () -> lobby.heartbeat(game, "free"),
            () -> app.operate("DELETE", "/api/servers/" + game, null),
            () -> app.operate("GET", "/api/matchmaking/stats", null),
            () -> app.operate("GET", "/api/matchmaking/check", null));
    // Side by side: one that hangs is waited for two seconds.
    for (CompletableFuture<Answer> route :
        routes.stream().map(route -> CompletableFuture.supplyAsync(route, callers)).toList()) {
      Answer answer = route.join();
      assertEquals(503, answer.status(), () -> answer.body().toString());
      assertEquals("unavailable", answer.text("type"));
      assertNotNull(answer.header("Retry-After"));
    }
  }
}
