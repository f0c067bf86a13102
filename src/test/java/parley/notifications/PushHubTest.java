package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.TestClock;
import parley.local.push.PushServer;
import parley.local.push.ReceivedPush;
import parley.notifications.PushHub.Knowledge;
import parley.notifications.PushHub.RefusedException;
import parley.platform.ProblemException;

/** The client of Notification Hubs against the local host's own hub, over HTTP. */
class PushHubTest {

  private static final String KEY = "a key of the tests";

  private final UUID player = UUID.randomUUID();
  private final Device phone = device("phone", Platform.FCMV1, "token");
  private final Device tablet = device("tablet", Platform.APNS, "0aF9");

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private PushServer server;
  private PushHub hub;

  @BeforeEach
  void start() throws Exception {
    server =
        PushServer.start(new PushServer.Options(0, folder.resolve("hub.db"), "parley", KEY, clock));
    hub = new PushHub(server.connectionString(), "parley", clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_push_reaches_the_devices_that_it_names_on_its_platform() {
    hub.install(phone);
    hub.install(tablet);
    hub.install(device("another", Platform.FCMV1, "other"));
    Push push = push();
    hub.send(push, Platform.FCMV1, List.of(phone));
    hub.send(push, Platform.APNS, List.of(tablet));
    List<ReceivedPush> received = server.pushes(0, 10);
    assertEquals(
        List.of(List.of("phone"), List.of("tablet")),
        received.stream().map(ReceivedPush::installations).toList());
    for (ReceivedPush one : received) {
      assertEquals("Your turn", one.title());
      assertEquals(push.sessionId().toString(), one.collapseKey());
      assertEquals(push.allData(), one.data());
    }
  }

  @Test
  void a_device_of_another_player_is_not_reached_by_its_name() {
    hub.install(phone);
    UUID other = UUID.randomUUID();
    Device taken = new Device(other, "phone", Platform.FCMV1, "token", null);
    hub.send(push(), Platform.FCMV1, List.of(taken));
    assertEquals(List.of(), server.pushes(0, 10).get(0).installations());
  }

  @Test
  void ten_devices_are_reached_at_once() {
    List<Device> devices =
        java.util.stream.IntStream.range(0, 10)
            .mapToObj(n -> device("d".repeat(63) + n, Platform.FCMV1, "token" + n))
            .toList();
    devices.forEach(hub::install);
    hub.send(push(), Platform.FCMV1, devices);
    assertEquals(10, server.pushes(0, 10).get(0).installations().size());
  }

  @Test
  void it_tells_what_the_hub_knows_of_a_device() {
    assertEquals(Knowledge.OTHER, hub.knows(phone));
    hub.install(phone);
    assertEquals(Knowledge.SAME, hub.knows(phone));
    assertEquals(Knowledge.OTHER, hub.knows(device("phone", Platform.FCMV1, "newer")));
    server.expire("phone");
    assertEquals(Knowledge.EXPIRED, hub.knows(phone));
    hub.uninstall("phone");
    hub.uninstall("phone");
    assertEquals(Knowledge.OTHER, hub.knows(phone));
  }

  @Test
  void what_the_hub_does_not_take_is_refused_for_good() {
    Device broken = device("tablet", Platform.APNS, "no hex");
    RefusedException refusal = assertThrows(RefusedException.class, () -> hub.install(broken));
    assertEquals("the push service refused a device with 400", refusal.getMessage());
    // And nobody has to wait for that.
    hub.install(phone);
  }

  @Test
  void a_hub_that_has_too_much_to_do_is_left_alone_for_as_long_as_it_asks() {
    hub.install(phone);
    server.trouble(429, Duration.ofSeconds(7));
    assertEquals(Duration.ofSeconds(7), retryAfter());
    server.recover();
    clock.advance(Duration.ofSeconds(4));
    assertEquals(Duration.ofSeconds(3), retryAfter());
    clock.advance(Duration.ofSeconds(3));
    hub.send(push(), Platform.FCMV1, List.of(phone));
    assertEquals(1, server.pushes(0, 10).size());
  }

  @Test
  void how_long_it_asks_for_is_taken_within_reason() {
    server.trouble(503, null);
    assertEquals(Duration.ofSeconds(10), retryAfter());
    clock.advance(Duration.ofSeconds(10));
    server.trouble(403, Duration.ofDays(3));
    assertEquals(Duration.ofHours(1), retryAfter());
    clock.advance(Duration.ofHours(1));
    server.trouble(500, Duration.ZERO);
    assertEquals(Duration.ofSeconds(1), retryAfter());
  }

  @Test
  void a_hub_that_is_away_is_asked_again_soon_and_found_when_it_is_back() throws Exception {
    hub.install(phone);
    int port = server.port();
    server.close();
    assertEquals(Duration.ofSeconds(2), retryAfter());
    server =
        PushServer.start(
            new PushServer.Options(port, folder.resolve("hub.db"), "parley", KEY, clock));
    clock.advance(Duration.ofSeconds(2));
    hub.send(push(), Platform.FCMV1, List.of(phone));
    assertEquals(List.of("phone"), server.pushes(0, 10).get(0).installations());
  }

  @Test
  void a_wrong_key_or_hub_is_tried_again_in_a_minute_and_not_shown() {
    String wrong = server.connectionString().replace(KEY, "hunter2");
    hub = new PushHub(wrong, "parley", clock);
    ProblemException refusal = assertThrows(ProblemException.class, () -> hub.install(phone));
    assertEquals(503, refusal.problem().status());
    assertEquals(Duration.ofMinutes(1), refusal.problem().retryAfter());
    assertTrue(refusal.getCause().getMessage().contains("401"));
    assertFalse((refusal + " " + refusal.getCause()).contains("hunter2"));
    hub = new PushHub(server.connectionString(), "other", clock);
    assertEquals(Duration.ofMinutes(1), retryAfter());
  }

  @Test
  void a_token_that_has_ended_is_replaced() {
    hub.install(phone);
    clock.advance(Duration.ofHours(3));
    hub.send(push(), Platform.FCMV1, List.of(phone));
    assertEquals(1, server.pushes(0, 10).size());
  }

  private Duration retryAfter() {
    ProblemException problem =
        assertThrows(
            ProblemException.class, () -> hub.send(push(), Platform.FCMV1, List.of(phone)));
    assertEquals(503, problem.problem().status());
    return problem.problem().retryAfter();
  }

  private Device device(String id, Platform platform, String token) {
    return new Device(player, id, platform, token, null);
  }

  private Push push() {
    return new Push(
        player,
        UUID.randomUUID(),
        UUID.randomUUID(),
        "yourTurn",
        "Your turn",
        "Ada has moved",
        clock.instant().plusSeconds(3600),
        Map.of());
  }
}
