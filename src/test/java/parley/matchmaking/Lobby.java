package parley.matchmaking;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import parley.Answer;
import parley.TestApp;
import parley.TestHost;
import parley.TestPlayer;
import parley.platform.EventSender;
import parley.platform.Json;

/** What players, game servers and operators do with the matchmaker. */
record Lobby(TestApp app) {

  static final String REQUESTS = "/api/matchmaking/requests";

  List<TestPlayer> players(int count) {
    return IntStream.range(0, count).mapToObj(i -> app.signIn("Player " + i)).toList();
  }

  static String wish(String mode) {
    return "{\"settings\":{\"mode\":\"%s\"}}".formatted(mode);
  }

  Answer request(TestPlayer player, String mode) {
    return app.post(REQUESTS, player, wish(mode));
  }

  Answer cancel(TestPlayer player) {
    return app.send("DELETE", own(player), player, null);
  }

  static String own(TestPlayer player) {
    return REQUESTS + "/" + player.id();
  }

  Answer status(TestPlayer player) {
    return app.get(own(player), player);
  }

  Answer await(TestPlayer player, String status) {
    return app.await(() -> status(player), answer -> answer.status() == 200 && is(answer, status));
  }

  void await(List<TestPlayer> players, String status) {
    players.forEach(player -> await(player, status));
  }

  static boolean is(Answer answer, String status) {
    return status.equals(answer.text("status"));
  }

  static String adding(UUID server, String address) {
    return "{\"command\":\"addServer\",\"servers\":[{\"serverguid\":\"%s\",\"serveripandport\":\"%s\"}]}"
        .formatted(server, address);
  }

  Answer addServer(UUID server, String address) {
    return app.operate("POST", "/api/AddServer", adding(server, address));
  }

  Answer heartbeat(UUID server, String state) {
    String body = "{\"state\":\"%s\"}".formatted(state);
    return app.operate("POST", "/api/servers/" + server + "/heartbeat", body);
  }

  /** How many wait in a bucket. */
  int depth(String bucket) {
    for (JsonNode one : app.operate("GET", "/api/matchmaking/stats", null).body().get("buckets")) {
      if (one.get("bucket").textValue().equals(bucket)) {
        return one.get("depth").intValue();
      }
    }
    return 0;
  }

  /** What the checker finds; empty if all is well. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    Answer check = app.operate("GET", "/api/matchmaking/check", null);
    check.body().get("wrong").forEach(line -> wrong.add(line.textValue()));
    return wrong;
  }

  /** Puts an event on the hub of players who look for a match, as a trusted sender does. */
  static void send(TestHost host, String partitionKey, String event) {
    try (EventSender hub =
        new EventSender(host.host().eventHubs().orElseThrow(), "match-requests")) {
      hub.send(partitionKey, event);
    }
  }

  /** The event of a trusted sender. */
  static String bare(UUID player, String settings) {
    return Json.write(Map.of("GUID", player, "Name", "Ada", "MatchmakingSettings", settings));
  }
}
