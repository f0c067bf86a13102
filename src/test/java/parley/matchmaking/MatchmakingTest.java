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
import parley.TestRedis;
import parley.local.TestClock;
import parley.platform.EventSender;

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

  @Test
  void who_cancels_gives_the_seat_to_the_next() {
    List<TestPlayer> players = players(5);
    addServer(UUID.randomUUID(), "203.0.113.8:7777");
    for (TestPlayer player : players.subList(0, 3)) {
      request(player, "cancel");
      awaitStatus(player, "searching");
    }
    TestPlayer leaver = players.get(0);

    Answer cancelled = host.send("DELETE", REQUESTS + "/" + leaver.id(), leaver, null);
    assertEquals(200, cancelled.status());
    assertEquals("cancelled", cancelled.text("status"));
    awaitStatus(leaver, "cancelled");
    Answer again = host.send("DELETE", REQUESTS + "/" + leaver.id(), leaver, null);
    assertEquals(200, again.status(), "it is cancelled already");
    request(players.get(3), "cancel");
    awaitStatus(players.get(3), "searching");
    request(players.get(4), "cancel");

    for (TestPlayer player : players.subList(1, 5)) {
      awaitStatus(player, "matched");
    }
    Answer late = host.send("DELETE", REQUESTS + "/" + players.get(1).id(), players.get(1), null);
    assertEquals(409, late.status());
    assertEquals("already-matched", late.text("type"));
    assertEquals("matched", late.body().path("request").path("status").textValue());
    assertEquals(202, request(leaver, "cancel").status(), "and may ask again");
    assertEquals(202, request(players.get(1), "cancel").status(), "so may who was matched");
    assertEquals(List.of(), wrong());
  }

  @Test
  void a_second_request_while_one_runs_is_refused_with_that_one() {
    TestPlayer player = host.signIn("Ada");
    request(player, "twice");

    Answer second = request(player, "other");

    assertEquals(409, second.status());
    assertEquals("already-queued", second.text("type"));
    assertEquals(player.id(), second.body().path("request").path("playerId").textValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "400 | malformed        | {'settings':'mode=ranked'}",
        "400 | malformed        | {}",
        "400 | malformed        | []",
        "400 | malformed        | {'settings':{},'timeoutSeconds':1.5}",
        "400 | malformed        | {'settings':{},'timeoutSeconds':'60'}",
        "422 | illegal-settings | {'settings':{'a b':1}}",
        "422 | illegal-settings | {'settings':{'mode':''}}",
        "422 | illegal-settings | {'settings':{'mode':null}}",
        "422 | illegal-settings | {'settings':{'mode':['ranked']}}",
        "422 | illegal-settings | {'settings':{'mode':'a;b=c'}}",
        "422 | illegal-settings | {'settings':{},'timeoutSeconds':0}",
        "422 | illegal-settings | {'settings':{},'timeoutSeconds':3601}",
        "422 | illegal-settings | {'settings':{},'timeoutSeconds':9223372036854775807}"
      })
  void a_request_that_cannot_be_is_refused(int status, String type, String body) {
    Answer refused = host.post(REQUESTS, host.signIn("Ada"), body.replace('\'', '"'));

    assertEquals(status, refused.status());
    assertEquals(type, refused.text("type"));
  }

  @Test
  void a_request_is_its_players_own() {
    TestPlayer player = host.signIn("Ada");
    TestPlayer other = host.signIn("Bob");
    request(player, "own");

    assertEquals(403, host.get(REQUESTS + "/" + player.id(), other).status());
    assertEquals(403, host.send("DELETE", REQUESTS + "/" + player.id(), other, null).status());
    assertEquals(401, host.get(REQUESTS + "/" + player.id(), null).status());
    assertEquals(404, host.get(REQUESTS + "/" + other.id(), other).status());
    assertEquals(404, host.get(REQUESTS + "/nobody", other).status());
    assertEquals(401, host.post(REQUESTS, null, settings("own")).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'command':'removeServer','servers':[]}",
        "{'command':'addServer','servers':[]}",
        "{'command':'addServer','servers':[null]}",
        "{'command':'addServer','servers':[{'serverguid':'x','serveripandport':'h:1'}]}",
        "{'command':'addServer','servers':[{'serverguid':'GUID'}]}",
        "{'command':'addServer','servers':[{'serverguid':'GUID','serveripandport':'h:0'}]}",
        "{'command':'addServer','servers':[{'serverguid':'GUID','serveripandport':'h:65536'}]}",
        "{'command':'addServer','servers':[{'serverguid':'GUID','serveripandport':'h'}]}",
        "{'command':'addServer','servers':[{'serverguid':'GUID','serveripandport':'h:1','state':'x'}]}"
      })
  void servers_that_cannot_be_are_refused(String body) {
    Answer refused =
        host.operate(
            "POST",
            "/api/AddServer",
            body.replace('\'', '"').replace("GUID", UUID.randomUUID().toString()));

    assertEquals(400, refused.status());
    assertEquals("malformed", refused.text("type"));
  }

  @Test
  void a_server_lives_by_its_heartbeats_and_is_retired() {
    UUID server = UUID.randomUUID();
    String heartbeat = "/api/servers/" + server + "/heartbeat";
    assertEquals(404, host.operate("POST", heartbeat, "{\"state\":\"free\"}").status());
    addServer(server, "[2001:db8::7]:7777");

    Answer inUse = host.operate("POST", heartbeat, "{\"state\":\"inUse\"}");
    assertEquals(200, inUse.status());
    assertEquals("inUse", inUse.text("state"));
    assertEquals("free", host.operate("POST", heartbeat, "{\"state\":\"free\"}").text("state"));
    assertEquals(400, host.operate("POST", heartbeat, "{\"state\":\"idle\"}").status());
    assertEquals(401, host.post(heartbeat, null, "{\"state\":\"free\"}").status());
    assertEquals(204, host.operate("DELETE", "/api/servers/" + server, null).status());
    assertEquals(404, host.operate("DELETE", "/api/servers/" + server, null).status());
    assertEquals(404, host.operate("POST", heartbeat, "{\"state\":\"free\"}").status());
  }

  @Test
  void a_bare_event_of_a_trusted_sender_is_matched_and_a_bad_one_stops_nobody() {
    UUID server = UUID.randomUUID();
    addServer(server, "203.0.113.9:7777");
    List<UUID> players = Stream.generate(UUID::randomUUID).limit(4).toList();
    List<String> events = new ArrayList<>(List.of("nonsense", "{\"GUID\":\"x\"}", "[]"));
    for (UUID player : players) {
      events.add(
          "{\"GUID\":\"%s\",\"Name\":\"Ada\",\"MatchmakingSettings\":\"region=eu;mode=bare\"}"
              .formatted(player));
    }
    events.add(
        1, "{\"GUID\":\"%s\",\"MatchmakingSettings\":\"bare\"}".formatted(UUID.randomUUID()));
    try (EventSender hub =
        new EventSender(host.host().eventHubs().orElseThrow(), "match-requests")) {
      hub.sendAll(events);
    }

    for (UUID player : players) {
      Answer ended = host.awaitEnd(player.toString());
      assertEquals("matched", ended.body().path("output").path("status").textValue());
      assertEquals("203.0.113.9:7777", ended.body().path("output").path("server").textValue());
    }
  }

  @Test
  void the_operators_see_who_waits_and_which_servers_there_are() {
    TestPlayer player = host.signIn("Ada");
    request(player, "stats");
    awaitStatus(player, "searching");

    Answer stats = host.operate("GET", "/api/matchmaking/stats", null);

    assertEquals(200, stats.status());
    JsonNode bucket = null;
    for (JsonNode one : stats.body().path("buckets")) {
      if (one.path("bucket").textValue().equals("mode=stats;region=eu")) {
        bucket = one;
      }
    }
    assertEquals(1, bucket.path("depth").asInt());
    assertEquals(0.0, bucket.path("oldestWaitSeconds").asDouble());
    assertTrue(bucket.path("waitP50Seconds").isNull(), "nobody was matched yet");
    assertTrue(stats.body().path("servers").path("inUse").isNumber());
    assertEquals(401, host.get("/api/matchmaking/stats", player).status());
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
