package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestDatabase;
import parley.local.TestClock;
import parley.local.push.PushServer;
import parley.local.push.ReceivedPush;
import parley.notifications.Pushes.Pushed;
import parley.platform.Database;
import parley.platform.ProblemException;

/** Devices in the database and pushes to them, on the local host's own notification hub. */
class PushesTest {

  private static final Database DATABASE = new Database(TestDatabase.url(), 2);
  private static final String TOKEN = "token";
  private static final Set<Platform> ALL = EnumSet.allOf(Platform.class);

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final UUID ada = player();
  private final String id = "phone-" + ada;
  private PushServer server;
  private Devices devices;
  private Pushes pushes;

  @BeforeEach
  void start() throws Exception {
    server =
        PushServer.start(
            new PushServer.Options(0, folder.resolve("hub.db"), "parley", "a key", clock));
    Optional<PushHub> hub = Optional.of(new PushHub(server.connectionString(), "parley", clock));
    devices = new Devices(DATABASE, hub, clock);
    pushes = new Pushes(devices, hub, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void a_push_goes_once_to_each_platform_that_the_player_has_devices_of() {
    assertEquals(new Pushed(Set.of(), Set.of(), null), pushes.push(push(ada), ALL));
    register(ada, id, Platform.FCMV1);
    register(ada, id + "2", Platform.FCMV1);
    assertEquals(new Pushed(Set.of(Platform.FCMV1), Set.of(), null), pushes.push(push(ada), ALL));
    assertEquals(List.of(id, id + "2"), last().installations());
    devices.register(new Device(ada, id + "3", Platform.APNS, "00ff", null));
    assertEquals(Set.of(Platform.FCMV1, Platform.APNS), pushes.push(push(ada), ALL).sent());
    assertEquals(3, server.pushes(0, 10).size());
    assertEquals(List.of(id + "3"), last().installations());
  }

  @Test
  void what_is_left_says_when_and_is_sent_by_itself() {
    register(ada, id, Platform.FCMV1);
    server.trouble(429, Duration.ofSeconds(7));
    Pushed left = pushes.push(push(ada), ALL);
    assertEquals(new Pushed(Set.of(), Set.of(Platform.FCMV1), Duration.ofSeconds(7)), left);
    server.recover();
    clock.advance(left.retryAfter());
    assertEquals(Set.of(Platform.FCMV1), pushes.push(push(ada), left.left()).sent());
    assertEquals(Set.of(), pushes.push(push(ada), Set.of(Platform.APNS)).sent());
    assertEquals(1, server.pushes(0, 10).size());
  }

  @Test
  void a_push_that_is_too_late_is_not_sent() {
    register(ada, id, Platform.FCMV1);
    Push push = push(ada);
    clock.advance(Duration.ofHours(1));
    assertEquals(new Pushed(Set.of(), Set.of(), null), pushes.push(push, ALL));
    assertEquals(List.of(), server.pushes(0, 10));
  }

  @Test
  void a_device_that_the_hub_was_not_told_of_is_told_of_when_a_push_is_due() {
    server.trouble(503, Duration.ofSeconds(2));
    assertThrows(ProblemException.class, () -> register(ada, id, Platform.FCMV1));
    assertEquals(Set.of(Platform.FCMV1), pushes.push(push(ada), ALL).left());
    server.recover();
    clock.advance(Duration.ofSeconds(2));
    assertEquals(Set.of(Platform.FCMV1), pushes.push(push(ada), ALL).sent());
    assertEquals(List.of(id), last().installations());
  }

  @Test
  void a_device_whose_platform_has_given_it_up_is_removed_within_a_day() {
    register(ada, id, Platform.FCMV1);
    server.expire(id);
    pushes.push(push(ada), ALL);
    assertEquals(1, devices.of(ada).size());
    clock.advance(Duration.ofDays(1));
    pushes.push(push(ada), ALL);
    assertEquals(List.of(), devices.of(ada));
    assertFalse(server.has(id));
    // It is there again as soon as the game registers it.
    assertTrue(register(ada, id, Platform.FCMV1));
    pushes.push(push(ada), ALL);
    assertEquals(List.of(id), last().installations());
  }

  @Test
  void a_hub_that_has_lost_everything_gets_it_back_within_a_day() throws Exception {
    register(ada, id, Platform.FCMV1);
    int port = server.port();
    server.close();
    server =
        PushServer.start(
            new PushServer.Options(port, folder.resolve("another.db"), "parley", "a key", clock));
    clock.advance(Duration.ofDays(1));
    // The first call may still go to where the old one was.
    while (!pushes.push(push(ada), ALL).left().isEmpty()) {
      clock.advance(Duration.ofSeconds(2));
    }
    pushes.push(push(ada), ALL);
    assertEquals(List.of(id), last().installations());
  }

  @Test
  void a_device_belongs_to_who_signed_in_last() {
    UUID bob = player();
    assertTrue(register(ada, id, Platform.FCMV1));
    assertFalse(register(ada, id, Platform.FCMV1));
    assertTrue(register(bob, id, Platform.FCMV1));
    assertEquals(List.of(), devices.of(ada));
    assertEquals(Set.of(), pushes.push(push(ada), ALL).sent());
    pushes.push(push(bob), ALL);
    assertEquals(List.of(id), last().installations());
  }

  @Test
  void a_device_that_is_taken_over_while_the_hub_is_away_shows_nothing_meant_for_either() {
    UUID bob = player();
    register(ada, id, Platform.FCMV1);
    register(ada, id + "2", Platform.FCMV1);
    register(bob, id + "3", Platform.FCMV1);
    server.trouble(503, Duration.ofSeconds(2));
    assertThrows(ProblemException.class, () -> register(bob, id, Platform.FCMV1));
    server.recover();
    clock.advance(Duration.ofSeconds(2));
    pushes.push(push(ada), ALL);
    assertEquals(List.of(id + "2"), last().installations());
    pushes.push(push(bob), ALL);
    assertEquals(List.of(id, id + "3"), last().installations());
  }

  @Test
  void a_device_that_was_removed_gets_nothing_though_the_hub_did_not_hear_of_it() {
    register(ada, id, Platform.FCMV1);
    register(ada, id + "2", Platform.FCMV1);
    server.trouble(503, Duration.ofSeconds(2));
    assertTrue(devices.remove(ada, id));
    server.recover();
    clock.advance(Duration.ofSeconds(2));
    assertTrue(server.has(id));
    pushes.push(push(ada), ALL);
    assertEquals(List.of(id + "2"), last().installations());
  }

  @Test
  void beyond_ten_devices_the_one_that_was_registered_the_longest_ago_makes_way() {
    for (int i = 0; i < 10; i++) {
      register(ada, id + i, Platform.FCMV1);
      clock.advance(Duration.ofMinutes(1));
    }
    register(ada, id + 0, Platform.FCMV1);
    clock.advance(Duration.ofMinutes(1));
    register(ada, id + "new", Platform.FCMV1);
    List<String> kept = devices.of(ada).stream().map(Device::installationId).toList();
    assertEquals(10, kept.size());
    assertTrue(kept.contains(id + 0));
    assertFalse(kept.contains(id + 1));
    assertFalse(server.has(id + 1));
    pushes.push(push(ada), ALL);
    assertEquals(10, last().installations().size());
  }

  @Test
  void a_token_that_the_hub_refuses_leaves_no_device() {
    Device broken = new Device(ada, id, Platform.APNS, "no hex", null);
    ProblemException refusal = assertThrows(ProblemException.class, () -> devices.register(broken));
    assertEquals(400, refusal.problem().status());
    assertEquals(List.of(), devices.of(ada));
  }

  @Test
  void without_a_hub_devices_are_put_down_and_nothing_is_sent() {
    Devices alone = new Devices(DATABASE, Optional.empty(), clock);
    assertTrue(alone.register(new Device(ada, id, Platform.FCMV1, TOKEN, null)));
    Pushed pushed = new Pushes(alone, Optional.empty(), clock).push(push(ada), ALL);
    assertEquals(new Pushed(Set.of(), Set.of(), null), pushed);
    // Once there is a hub, it is told.
    assertEquals(Set.of(Platform.FCMV1), pushes.push(push(ada), ALL).sent());
    assertEquals(List.of(id), last().installations());
    assertTrue(alone.remove(ada, id));
    assertFalse(alone.remove(ada, id));
  }

  private boolean register(UUID player, String installationId, Platform platform) {
    return devices.register(new Device(player, installationId, platform, TOKEN, null));
  }

  private ReceivedPush last() {
    List<ReceivedPush> received = server.pushes(0, 100);
    return received.get(received.size() - 1);
  }

  private Push push(UUID player) {
    return new Push(
        player,
        UUID.randomUUID(),
        UUID.randomUUID(),
        "yourTurn",
        "Your turn",
        "Bob has moved",
        clock.instant().plusSeconds(3600),
        Map.of());
  }

  private static UUID player() {
    UUID player = UUID.randomUUID();
    String sql =
        "INSERT INTO player (GUID, CreatedTime, UpdatedTime, Name) VALUES (?, NOW(3), NOW(3), ?)";
    DATABASE.query(
        connection -> {
          try (var insert = Database.prepare(connection, sql, player, "Ada")) {
            return insert.executeUpdate();
          }
        });
    return player;
  }
}
