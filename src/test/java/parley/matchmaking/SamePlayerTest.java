package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.TestRedis;
import parley.local.TestClock;
import parley.local.eventhubs.TestHubs;
import parley.matchmaking.RedisProxy.Moment;
import parley.matchmaking.RedisProxy.Trap;
import redis.clients.jedis.RedisClient;

/** A player who asks for a match five times at once is in the queue once. */
class SamePlayerTest {

  private static final int TIMES = 5;

  @TempDir private static Path folder;
  private static RedisClient redis;
  private static RedisProxy proxy;
  private static final ExecutorService CALLERS = Executors.newFixedThreadPool(TIMES);
  private static TestHost app;
  private static Lobby lobby;

  private final String mode = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws IOException {
    URI url = URI.create(TestRedis.fresh());
    redis = RedisClient.create(url);
    proxy = new RedisProxy(url.getPort());
    String there = url.toString().replace(":" + url.getPort(), ":" + proxy.port());
    app =
        TestHost.start(
            folder,
            new TestClock("2026-03-01T12:00:00Z"),
            Map.of("REDIS_CONNECTION_STRING", there));
    lobby = new Lobby(app);
  }

  @AfterAll
  static void stop() throws IOException {
    CALLERS.shutdownNow();
    app.close();
    proxy.close();
    redis.close();
  }

  private List<Answer> fiveTimes(TestPlayer player) {
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, TIMES)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> lobby.request(player, mode), CALLERS))
            .toList();
    return calls.stream().map(CompletableFuture::join).toList();
  }

  @RepeatedTest(5)
  void over_http_one_is_accepted_and_the_others_are_told_of_it() {
    TestPlayer player = lobby.players(1).get(0);

    List<Answer> answers = fiveTimes(player);

    List<Integer> statuses = answers.stream().map(Answer::status).sorted().toList();
    assertEquals(List.of(202, 409, 409, 409, 409), statuses);
    for (Answer answer : answers) {
      if (answer.status() == 409) {
        assertEquals("already-queued", answer.text("type"));
        assertEquals(player.id(), answer.body().at("/request/playerId").textValue());
      }
    }
    lobby.await(player, "searching");
    assertEquals(1, lobby.depth("mode=" + mode));
    assertEquals(List.of(), lobby.wrong());
    assertEquals(200, lobby.cancel(player).status());
    lobby.await(player, "cancelled");
  }

  @Test
  void a_request_that_the_next_one_has_overtaken_does_not_end_it() throws Exception {
    TestPlayer player = lobby.players(1).get(0);
    List<Answer> next = new ArrayList<>();
    Trap overtaking =
        proxy.pauseAt(
            "take", Moment.AFTER, () -> true, () -> next.add(lobby.request(player, mode)));

    Answer slow = lobby.request(player, mode);
    overtaking.await();

    assertEquals(202, next.get(0).status(), "it has taken over the ticket without a request");
    assertEquals(409, slow.status());
    lobby.await(player, "searching");
    app.advance(Duration.ofSeconds(26));
    app.advance(Duration.ofSeconds(35));
    lobby.await(player, "timedOut");
  }

  @Test
  void as_bare_events_of_any_partition_one_is_placed_and_the_others_are_refused() {
    UUID player = UUID.randomUUID();
    String bucket = "mode=" + mode;

    for (int i = 0; i < TIMES; i++) {
      Lobby.send(app, "key " + i, Lobby.bare(player, bucket));
    }
    TestHubs.until(() -> refusedTickets() == TIMES - 1);

    TestHubs.until(() -> lobby.depth(bucket) == 1);
    List<TestPlayer> others = lobby.players(3);
    others.forEach(other -> assertEquals(202, lobby.request(other, mode).status()));
    lobby.addServer(UUID.randomUUID(), "203.0.113.7:7777");
    lobby.await(others, "matched");
    Answer ended = app.awaitEnd(player.toString());
    assertEquals("203.0.113.7:7777", ended.body().at("/output/server").textValue());
    assertEquals(List.of(), lobby.wrong());
  }

  private static long refusedTickets() {
    return redis.keys("Ticket:*").stream()
        .filter(ticket -> "refused".equals(redis.get(ticket)))
        .count();
  }
}
