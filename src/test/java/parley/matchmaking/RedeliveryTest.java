package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.messaging.eventhubs.EventHubProducerClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.TestHost;
import parley.TestPlayer;
import parley.TestRedis;
import parley.local.TestClock;
import parley.local.eventhubs.TestHubs;
import redis.clients.jedis.RedisClient;

/** All events of the hubs come again, from the first on. */
class RedeliveryTest {

  private static final int PARTITIONS = 4;

  private static final String BUCKET = "mode=again";

  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final String url = TestRedis.fresh();
  private final RedisClient redis = RedisClient.create(url);

  @TempDir private Path folder;
  private TestHost app;
  private Lobby lobby;

  @BeforeEach
  void start() {
    app = TestHost.start(folder, clock, Map.of("REDIS_CONNECTION_STRING", url));
    lobby = new Lobby(app);
  }

  @AfterEach
  void stop() {
    app.close();
    redis.close();
  }

  @ParameterizedTest(name = "Redis was emptied: {0}")
  @ValueSource(booleans = {false, true})
  void nobody_is_queued_again(boolean emptied) throws SQLException {
    // One after the other: in another partition the second might come after the match.
    UUID matched = bare("first", "first");
    List<TestPlayer> three = lobby.players(3);
    three.forEach(player -> assertEquals(202, lobby.request(player, "again").status()));
    lobby.await(three, "searching");
    assertEquals(200, lobby.addServer(UUID.randomUUID(), "203.0.113.7:7777").status());
    app.awaitEnd(matched.toString());
    lobby.await(three, "matched");

    UUID timedOut = bare("first");
    TestPlayer cancelled = lobby.players(1).get(0);
    assertEquals(202, lobby.request(cancelled, "again").status());
    lobby.await(cancelled, "searching");
    assertEquals(200, lobby.cancel(cancelled).status());
    lobby.await(cancelled, "cancelled");
    app.advance(Duration.ofSeconds(61));
    app.awaitEnd(timedOut.toString());

    // One has asked once more since, otherwise, and that is over too.
    UUID oftener = bare("first");
    app.advance(Duration.ofSeconds(61));
    app.awaitEnd(oftener.toString());
    Lobby.send(app, "third", Lobby.bare(oftener, BUCKET));
    app.await(() -> app.instance(oftener.toString()), answer -> answer.status() == 202);
    app.advance(Duration.ofSeconds(61));
    app.awaitEnd(oftener.toString());

    app.close();
    forgetCheckpoints();
    if (emptied) {
      redis.flushDB();
    }
    start();
    expectAllEventsToHaveCome();

    assertEquals(0, lobby.depth(BUCKET));
    assertEquals(
        "matched", app.awaitEnd(matched.toString()).body().at("/output/status").textValue());
    three.forEach(player -> assertEquals("matched", lobby.status(player).text("status")));
    assertEquals("cancelled", lobby.status(cancelled).text("status"));
    for (UUID player : List.of(timedOut, oftener)) {
      assertEquals(200, app.instance(player.toString()).status());
    }
    assertEquals(List.of(), lobby.wrong());
  }

  /** A player of a trusted sender, sent with each of the partition keys, and placed. */
  private UUID bare(String... partitionKeys) {
    UUID player = UUID.randomUUID();
    for (String key : partitionKeys) {
      Lobby.send(app, key, Lobby.bare(player, BUCKET));
    }
    app.await(() -> app.instance(player.toString()), answer -> answer.status() == 202);
    return player;
  }

  private void forgetCheckpoints() throws SQLException {
    String file = "jdbc:sqlite:" + folder.resolve("event-hubs.db");
    try (Connection log = DriverManager.getConnection(file);
        Statement delete = log.createStatement()) {
      delete.executeUpdate("DELETE FROM checkpoint");
    }
  }

  /** In each partition somebody stands last. */
  private void expectAllEventsToHaveCome() {
    List<UUID> last = new ArrayList<>();
    String hubs = app.host().eventHubs().orElseThrow();
    try (EventHubProducerClient producer =
        TestHubs.builder(hubs, "match-requests").buildProducerClient()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        UUID player = UUID.randomUUID();
        last.add(player);
        TestHubs.send(producer, Integer.toString(partition), Lobby.bare(player, "mode=last"));
      }
    }
    TestHubs.until(() -> redis.scard("SessionsReady") == 1);
    assertEquals(PARTITIONS, lobby.depth("mode=last"));
    last.forEach(player -> assertEquals(202, app.instance(player.toString()).status()));
  }
}
