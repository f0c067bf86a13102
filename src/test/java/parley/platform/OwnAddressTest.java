package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.local.TestClock;

class OwnAddressTest {

  @Test
  void without_a_name_of_its_own_it_is_the_one_that_was_asked() {
    URI asked = URI.create("http://127.0.0.1:7071/api/players?x=y");

    assertEquals("http://127.0.0.1:7071/api/here", new OwnAddress(null).of(asked, "/api/here"));
  }

  @Test
  void in_a_region_players_and_their_requests_are_found_under_the_regions_own_name(
      @TempDir Path state) {
    Map<String, String> inAzure = Map.of("WEBSITE_HOSTNAME", "parley-eu.example");
    TestClock clock = new TestClock("2026-03-01T12:00:00Z");
    try (TestHost app = TestHost.start(state, clock, inAzure)) {
      String body = "{\"deviceId\":\"a device with %s\"}".formatted(UUID.randomUUID());
      Answer newcomer = app.post("/api/players", null, body);
      TestPlayer player = new TestPlayer(newcomer.text("playerId"), newcomer.text("token"));
      Answer known = app.post("/api/players", null, body);
      Answer request =
          app.post("/api/matchmaking/requests", player, "{\"settings\":{\"mode\":\"own\"}}");

      assertEquals("http://parley-eu.example/api/players/me", newcomer.header("Location"));
      assertEquals(200, known.status());
      assertEquals(
          "http://parley-eu.example/api/matchmaking/requests/" + player.id(),
          request.header("Location"));
    }
  }
}
