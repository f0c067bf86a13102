package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.platform.Json;

/** The unpacked binaries of the servers are kept from run to run. */
class ServicesHostTest {

  private final Path home = Path.of("target", "services-test").toAbsolutePath();

  @Test
  void another_host_plays_matches_and_pushes_on_the_settings_that_it_prints(@TempDir Path folder)
      throws Exception {
    Process services = start();
    try (BufferedReader output = services.inputReader()) {
      Map<String, String> settings = printed(output);
      assertEquals("java", settings.get("FUNCTIONS_WORKER_RUNTIME"));
      settings.put("MATCHMAKING_BUCKETS", "{\"*\":{\"capacity\":2,\"timeout\":60}}");
      settings.put("NOTIFICATION_ACK_SECONDS", "1");
      // The services are, so tokens for them would be long expired.
      try (TestHost other = TestHost.inRealTime(folder, settings)) {
        assertEquals(List.of(), other.host().services(), "it has none of its own");
        TestPlayer ada = withPhone(other, "Ada");
        TestPlayer bob = withPhone(other, "Bob");

        match(other, ada, bob);
        play(other, ada, bob);
        beTold(other, ada, bob);
        String pushes = pushes(settings);
        assertTrue(pushes.contains(ada.id()), pushes);
        assertTrue(pushes.contains(bob.id()), pushes);
      }
    } finally {
      services.destroy();
      services.waitFor();
    }
  }

  private Process start() throws IOException {
    Files.createDirectories(home);
    Files.copy(
        Path.of("host.json"), home.resolve("host.json"), StandardCopyOption.REPLACE_EXISTING);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dservices=true",
                "-Dreset=true",
                "-Dparley.home=" + home));
    for (String port : List.of("mariadb", "redis", "amqp", "signalr", "push")) {
      command.add("-Dport." + port + "=0");
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LocalHost.class.getName()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** What is in braces, once all is ready. */
  private static Map<String, String> printed(BufferedReader output) throws IOException {
    StringBuilder file = new StringBuilder();
    for (String line = output.readLine(); !line.startsWith("}"); line = output.readLine()) {
      file.append(line);
    }
    for (String line = ""; !line.startsWith("Ready"); line = output.readLine()) {
      assertNotNull(line);
    }
    Map<String, String> settings = new HashMap<>();
    Json.read(file + "}", JsonNode.class)
        .path("Values")
        .properties()
        .forEach(value -> settings.put(value.getKey(), value.getValue().textValue()));
    return settings;
  }

  private static TestPlayer withPhone(TestHost host, String name) {
    TestPlayer player = host.signIn(name);
    String path = "/api/players/me/devices/phone-of-" + player.id();
    String body = "{\"platform\":\"fcmv1\",\"token\":\"token-of-%s\"}".formatted(player.id());
    assertEquals(201, host.send("PUT", path, player, body).status());
    return player;
  }

  private static void match(TestHost host, TestPlayer... players) {
    String server =
        "{\"command\":\"addServer\",\"servers\":[{\"serverguid\":\"%s\",\"serveripandport\":\"203.0.113.7:7777\"}]}"
            .formatted(UUID.randomUUID());
    assertEquals(200, host.operate("POST", "/api/AddServer", server).status());
    for (TestPlayer player : players) {
      String wish = "{\"settings\":{\"mode\":\"ranked\"}}";
      assertEquals(202, host.post("/api/matchmaking/requests", player, wish).status());
    }
    for (TestPlayer player : players) {
      host.await(
          () -> host.get("/api/matchmaking/requests/" + player.id(), player),
          answer -> "matched".equals(answer.text("status")));
    }
  }

  private static void play(TestHost host, TestPlayer... players) {
    String wish = "{\"game\":\"tic-tac-toe\",\"settings\":{}}";
    Answer game = null;
    for (TestPlayer player : players) {
      game = host.post("/api/sessions", player, wish);
    }
    assertEquals("inProgress", game.text("status"));
  }

  /** Waits until the time has passed in which the players could have said that it was shown. */
  private static void beTold(TestHost host, TestPlayer... players) {
    for (TestPlayer player : players) {
      host.await(
          () -> host.get("/api/notifications", player),
          inbox ->
              "pushed"
                  .equals(inbox.body().path("notifications").path(0).path("status").textValue()));
    }
  }

  /** What the notification hub shows. */
  private static String pushes(Map<String, String> settings) throws Exception {
    String hub = settings.get("NOTIFICATIONHUB_CONNECTION_STRING");
    URI list = URI.create(hub.replaceFirst(".*Endpoint=([^;]+?)/?;.*", "$1/notificationhub"));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
        .body();
  }
}
