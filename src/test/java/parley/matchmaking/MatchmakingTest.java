package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.TestRedis;
import parley.local.TestClock;

/** Players who look for a match, over HTTP, with hubs, Redis and orchestrations. */
class MatchmakingTest {

  private static final String REQUESTS = "/api/matchmaking/requests";

  @TempDir private static Path folder;
  private static TestHost host;

  @BeforeAll
  static void start() {
    host =
        TestHost.start(
            folder,
            new TestClock("2026-03-01T12:00:00Z"),
            Map.of("REDIS_CONNECTION_STRING", TestRedis.fresh()));
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static String settings(String mode) {
    return "{\"settings\":{\"mode\":\"%s\",\"region\":\"eu\"}}".formatted(mode);
  }

  private static Answer request(TestPlayer player, String mode) {
    return host.post(REQUESTS, player, settings(mode));
  }

  private static Answer status(TestPlayer player) {
    return host.get(REQUESTS + "/" + player.id(), player);
  }

  private static Answer awaitStatus(TestPlayer player, String status) {
    return host.await(() -> status(player), answer -> status.equals(answer.text("status")));
  }

  private static Answer addServer(UUID id, String address) {
    return host.operate(
        "POST",
        "/api/AddServer",
        "{\"command\":\"addServer\",\"servers\":[{\"serverguid\":\"%s\",\"serveripandport\":\"%s\"}]}"
            .formatted(id, address));
  }

  private static List<TestPlayer> players(int count) {
    List<TestPlayer> players = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      players.add(host.signIn("Player " + i));
    }
    return players;
  }

  @Test
  void four_players_and_a_server_make_a_match_and_a_fifth_times_out() {
    List<TestPlayer> five = players(5);
    for (TestPlayer player : five.subList(0, 4)) {
      Answer accepted = request(player, "four");
      assertEquals(202, accepted.status());
      assertTrue(accepted.header("Location").startsWith("http://"));
      assertTrue(accepted.header("Location").endsWith(REQUESTS + "/" + player.id()));
      awaitStatus(player, "searching");
    }
    UUID server = UUID.randomUUID();
    assertEquals(200, addServer(server, "203.0.113.7:7777").status());

    Set<String> sessions = new HashSet<>();
    for (TestPlayer player : five.subList(0, 4)) {
      Answer matched = awaitStatus(player, "matched");
      assertEquals("203.0.113.7:7777", matched.text("server"));
      sessions.add(matched.text("sessionId"));
      assertNull(matched.header("Retry-After"));
      JsonNode output = host.instance(player.id()).body().path("output");
      assertEquals("matched", output.path("status").textValue(), "the documented URL works too");
      assertEquals("203.0.113.7:7777", output.path("server").textValue());
    }
    assertEquals(1, sessions.size());

    TestPlayer fifth = five.get(4);
    request(fifth, "four");
    Answer searching = awaitStatus(fifth, "searching");
    assertEquals(60, searching.body().path("timeoutSeconds").asInt());
    assertNotNull(searching.header("Retry-After"));
    host.advance(Duration.ofSeconds(61));
    Answer timedOut = awaitStatus(fifth, "timedOut");
    assertNull(timedOut.text("server"));
    assertEquals(List.of(), wrong());
  }

  private static List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    host.operate("GET", "/api/matchmaking/check", null)
        .body()
        .path("wrong")
        .forEach(line -> wrong.add(line.textValue()));
    return wrong;
  }
}
