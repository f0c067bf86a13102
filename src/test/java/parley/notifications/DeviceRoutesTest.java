package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.local.push.PushServer;

/** The routes of devices, in the local host with its own notification hub. */
class DeviceRoutesTest {

  private static final String PHONE = "{\"platform\":\"fcmv1\",\"token\":\"a:token-1_x\"}";

  @TempDir private static Path state;
  private static TestHost host;
  private static PushServer hub;

  private final TestPlayer ada = host.signIn("Ada");
  private final String id = "phone_" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    host = TestHost.start(state);
    hub = host.host().notificationHub().orElseThrow();
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @Test
  void a_device_is_registered_again_and_again_and_removed_once() {
    Answer first = put(ada, id, PHONE);
    assertEquals(201, first.status());
    assertEquals(
        "{\"installationId\":\"%s\",\"platform\":\"fcmv1\"}".formatted(id),
        first.body().toString());
    assertTrue(hub.has(id));
    assertEquals(200, put(ada, id, PHONE).status());
    assertEquals(200, put(ada, id, "{\"platform\":\"apns\",\"token\":\"0aF9\"}").status());
    assertEquals(204, delete(ada, id).status());
    assertFalse(hub.has(id));
    Answer again = delete(ada, id);
    assertEquals(404, again.status());
    assertEquals("not-found", again.text("type"));
  }

  @Test
  void nobody_removes_the_device_of_another_but_signing_in_there_takes_it_over() {
    TestPlayer bob = host.signIn("Bob");
    put(ada, id, PHONE);
    assertEquals(404, delete(bob, id).status());
    assertTrue(hub.has(id));
    assertEquals(201, put(bob, id, PHONE).status());
    assertEquals(404, delete(ada, id).status());
    assertTrue(hub.has(id));
    assertEquals(204, delete(bob, id).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"token\":\"x\"}",
        "{\"platform\":\"fcmv1\"}",
        "{\"platform\":\"gcm\",\"token\":\"x\"}",
        "{\"platform\":1,\"token\":\"x\"}",
        "{\"platform\":\"fcmv1\",\"token\":\"\"}",
        "{\"platform\":\"fcmv1\",\"token\":7}",
        "{\"platform\":\"fcmv1\",\"token\":\"a b\"}",
        "{\"platform\":\"fcmv1\",\"token\":\"ü\"}",
        "{\"platform\":\"apns\",\"token\":\"not-hex\"}"
      })
  void a_malformed_registration_is_refused(String body) {
    Answer answer = put(ada, id, body);
    assertEquals(400, answer.status());
    assertEquals("malformed", answer.text("type"));
    assertEquals(404, delete(ada, id).status());
  }

  @Test
  void an_installation_id_has_64_characters_at_most_that_fit_into_an_address() {
    assertEquals(201, put(ada, "x".repeat(28) + UUID.randomUUID(), PHONE).status());
    for (String wrong : new String[] {"x".repeat(65), "a:b", "a%20b", "%C3%BC", "a%2Fb"}) {
      int status = put(ada, wrong, PHONE).status();
      assertTrue(status == 400 || status == 404, wrong + " " + status);
      assertEquals(404, delete(ada, wrong).status());
    }
  }

  @Test
  void a_token_has_4096_characters_at_most() {
    assertEquals(201, put(ada, id, token(4_096)).status());
    Answer longer = put(ada, id, token(4_097));
    assertEquals(400, longer.status());
    assertEquals("token must be a text of 1 to 4096 characters of ASCII", longer.text("detail"));
  }

  @Test
  void nobody_registers_a_device_without_signing_in() {
    assertEquals(401, put(null, id, PHONE).status());
    assertEquals(401, delete(null, id).status());
  }

  @Test
  void while_the_push_service_is_away_the_game_is_told_when_to_try_again() {
    hub.trouble(503, Duration.ofSeconds(30));
    Answer away = put(ada, id, PHONE);
    assertEquals(503, away.status());
    assertEquals("30", away.header("Retry-After"));
    assertEquals("unavailable", away.text("type"));
    assertFalse(away.body().toString().contains("token-1"), "the token is shown");
    hub.recover();
    host.advance(Duration.ofSeconds(30));
    assertEquals(200, put(ada, id, PHONE).status());
    assertTrue(hub.has(id));
    hub.trouble(503, Duration.ofSeconds(30));
    // Signing out must not fail: nothing is sent there any more.
    assertEquals(204, delete(ada, id).status());
    hub.recover();
    host.advance(Duration.ofSeconds(30));
  }

  private static String token(int length) {
    return "{\"platform\":\"fcmv1\",\"token\":\"%s\"}".formatted("x".repeat(length));
  }

  private static Answer put(TestPlayer player, String installationId, String body) {
    return host.send("PUT", path(installationId), player, body);
  }

  private static Answer delete(TestPlayer player, String installationId) {
    return host.send("DELETE", path(installationId), player, null);
  }

  private static String path(String installationId) {
    return "/api/players/me/devices/" + installationId;
  }
}
