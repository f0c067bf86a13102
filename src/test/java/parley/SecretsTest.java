package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.TestClock;

/** No key and no password gets into a log line, what is printed, or an answer. */
class SecretsTest {

  /** Nobody listens there. */
  private static final String NOWHERE = "127.0.0.1:1";

  private static final String SECRET = "c2VjcmV0LW9mLXRoZS10ZXN0LXNlY3JldC1vZi10aGUtdGVzdA==";

  private final List<String> answers = new ArrayList<>();

  @Test
  void of_a_run_with_games_matches_strangers_and_nonsense(@TempDir Path state) {
    List<String> secrets = new ArrayList<>(List.of("tests-only"));
    String told;
    try (Recording recording = new Recording();
        TestHost app = TestHost.start(state)) {
      secrets.addAll(keysIn(state));
      use(app, secrets);
      told = recording.text();
    }

    assertEquals(8, keysIn(state).size(), "the keys of the local host are other ones now");
    assertFalse(told.isBlank(), "nothing was logged");
    assertHeld(secrets, told);
  }

  @Test
  void of_a_run_in_which_every_service_is_out_of_reach(@TempDir Path state) {
    List<String> secrets = new ArrayList<>(List.of(SECRET, "tests-only"));
    Map<String, String> services =
        Map.of(
            "REDIS_CONNECTION_STRING", "redis://:" + SECRET.replace("=", "") + "@" + NOWHERE,
            "EVENTHUB_CONNECTION_STRING",
                "Endpoint=sb://"
                    + NOWHERE
                    + ";SharedAccessKeyName=all;SharedAccessKey="
                    + SECRET
                    + ";UseDevelopmentEmulator=true",
            "AzureSignalRConnectionString",
                "Endpoint=http://127.0.0.1;Port=1;AccessKey=" + SECRET + ";Version=1.0;",
            "NOTIFICATIONHUB_CONNECTION_STRING",
                "Endpoint=http://" + NOWHERE + "/;SharedAccessKeyName=a;SharedAccessKey=" + SECRET,
            "PLAYER_TOKEN_KEY", SECRET);
    secrets.add(SECRET.replace("=", ""));
    String told;
    try (Recording recording = new Recording();
        TestHost app = TestHost.start(state, new TestClock("2026-03-01T12:00:00Z"), services)) {
      use(app, secrets);
      told = recording.text();
    }

    assertTrue(told.contains("redis is down"), told);
    assertHeld(secrets, told);
  }

  @Test
  void of_a_migration_of_a_database_that_is_out_of_reach_or_not_to_be_read() {
    for (String url :
        List.of(
            "jdbc:mysql://" + NOWHERE + "/asyncmpdb?user=parley&password=" + SECRET,
            "jdbc:mysql://127.0.0.1:not-a-port/asyncmpdb?user=parley&password=" + SECRET,
            "mysql://parley:" + SECRET + "@" + NOWHERE)) {
      try (Recording recording = new Recording()) {
        Exception refusal =
            assertThrows(
                Exception.class, () -> App.migrate(Map.of("MYSQL_CONNECTION_STRING", url)));

        assertHeld(List.of(SECRET), recording.text() + trace(refusal));
      }
    }
  }

  /** Everything that players, operators and strangers do, as far as it is answered. */
  private void use(TestHost app, List<String> secrets) {
    String device = "the device of Ada " + UUID.randomUUID();
    secrets.add(device);
    see(app.post("/api/players", null, "{\"deviceId\":\"%s\"}".formatted(device)));
    answers.clear(); // The one answer that has to hold a secret: the player's own token.
    TestPlayer ada = app.signIn("Ada");
    TestPlayer bob = app.signIn("Bob");
    secrets.add(ada.token());
    secrets.add(bob.token());
    TestPlayer forged = new TestPlayer(ada.id(), ada.token() + "x");

    see(app.send("POST", "/api/negotiate", ada, null, "x-player-id", bob.id()));
    see(app.send("POST", "/api/negotiate", forged, null, "x-player-id", ada.id()));
    String pushChannel = "push-token-of-ada-0123456789";
    secrets.add(pushChannel);
    String phone = "{\"platform\":\"fcmv1\",\"token\":\"%s\"}".formatted(pushChannel);
    see(app.send("PUT", "/api/players/me/devices/phone", ada, phone));
    see(app.send("PUT", "/api/players/me/devices/phone", ada, phone.replace("fcmv1", "pager")));

    String wish =
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"}}".formatted(UUID.randomUUID());
    Answer opened = see(app.post("/api/sessions", ada, wish));
    String session = "/api/sessions/" + opened.text("sessionId");
    Answer joined = see(app.post("/api/sessions", bob, wish));
    TestPlayer first = ada.id().equals(joined.text("currentPlayerId")) ? ada : bob;
    see(app.post(session + "/turns", first, TestPlayer.turn(4)));
    see(app.post(session + "/turns", first, TestPlayer.turn(5)));
    see(app.post(session + "/turns", ada, "{\"moveId\":"));
    see(app.post(session + "/turns", forged, TestPlayer.turn(0)));
    see(app.post(session + "/turns", null, "x".repeat(20_000)));
    see(app.get(session, null));
    see(app.get("/api/sessions/none", ada));
    see(app.get("/api/notifications", ada));

    see(app.post("/api/matchmaking/requests", ada, "{\"settings\":{\"mode\":\"x\"}}"));
    see(app.get("/api/matchmaking/requests/" + ada.id(), ada));
    String server = UUID.randomUUID().toString();
    see(
        app.operate(
            "POST",
            "/api/AddServer",
            "{\"command\":\"addServer\",\"servers\":[{\"serverguid\":\"%s\",\"serveripandport\":\"203.0.113.7:7777\"}]}"
                .formatted(server)));
    see(app.send("POST", "/api/AddServer", null, "{}", "x-functions-key", "wrong"));
    see(app.send("DELETE", "/api/servers/" + server + "?code=wrong", null, null));
    see(app.operate("GET", "/api/matchmaking/stats", null));
    see(app.send("GET", "/runtime/webhooks/durabletask/instances/?code=wrong", null, null));
    // Its Location has the key that it was asked with, as in Azure.
    answers.add("" + app.instance(opened.text("sessionId")).body());
    see(app.raise(opened.text("sessionId"), "takeTurn", "no JSON"));
    see(app.operate("POST", "/api/HttpStartSingle", null));
    see(app.post("/api/HttpStartSingle?code=wrong", null, null));
    see(app.post("/api/SignalRInfo", null, null));
    see(
        app.post(
            "/api/SubmitGuess", forged, "{\"sessionId\":\"x\",\"clueId\":\"y\",\"value\":\"z\"}"));
    see(app.get("/api/health", null));
    app.advance(Duration.ofMinutes(2));
  }

  private Answer see(Answer answer) {
    answers.add(answer.status() + " " + answer.headers() + " " + answer.body());
    return answer;
  }

  private void assertHeld(List<String> secrets, String told) {
    for (String secret : secrets) {
      assertFalse(told.contains(secret), () -> "told: " + line(told, secret));
      for (String answer : answers) {
        assertFalse(answer.contains(secret), () -> "answered: " + answer);
      }
    }
  }

  private static String line(String text, String secret) {
    return text.lines().filter(line -> line.contains(secret)).findFirst().orElse("");
  }

  private static List<String> keysIn(Path state) {
    try (Stream<Path> files = Files.list(state)) {
      return files
          .filter(file -> file.toString().matches(".*-(key|password)"))
          .map(
              file -> {
                try {
                  return Files.readString(file).trim();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String trace(Exception e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
