package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestPlayer;
import parley.local.push.ReceivedPush;
import parley.notifications.Scene.Game;

/** The push service is down for a minute, and many wait for it. */
class PushOutageTest {

  private static final int GAMES = 10;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private final List<Game> games = new ArrayList<>();
  private Scene scene;

  /** What both players of each game are told goes to their phones, and finds the service down. */
  @BeforeEach
  void the_service_goes_down() {
    scene = new Scene(folder);
    for (int i = 0; i < GAMES; i++) {
      games.add(scene.game(scene.withPhone("Ada"), scene.withPhone("Bob")));
    }
    games.forEach(game -> await(game, "sent"));
    scene.hub().trouble(503, RETRY_AFTER);
    games.forEach(game -> passTimeUntil(game.first, "cancelled"));
    games.forEach(game -> passTimeUntil(game.second, "cancelled"));
    ids().forEach(this::awaitNextTry);
  }

  private List<String> ids() {
    return games.stream()
        .flatMap(game -> Stream.of(game.first, game.second))
        .map(player -> scene.inbox(player).get(0).path("id").textValue())
        .toList();
  }

  /** Waits until it is clear when a push is tried again; returns the second. */
  private String awaitNextTry(String id) {
    List<JsonNode> timers = timers(scene.host.await(() -> scene.host.history(id), this::waits));
    return timers.get(timers.size() - 1).path("FireAt").textValue();
  }

  /** The first timer was for the receipt. */
  private boolean waits(Answer instance) {
    return timers(instance).size() > 1;
  }

  private static List<JsonNode> timers(Answer instance) {
    return StreamSupport.stream(instance.body().path("historyEvents").spliterator(), false)
        .filter(event -> "TimerCreated".equals(event.path("EventType").textValue()))
        .toList();
  }

  @AfterEach
  void stop() {
    scene.close();
  }

  private void await(Game game, String status) {
    scene.await(game.first, "yourTurn", status);
    scene.await(game.second, "gameStarted", status);
  }

  private void aMinutePasses() {
    for (int second = 0; second < 60; second++) {
      scene.host.advance(SECOND);
    }
  }

  /** Lets seconds pass, as long as it takes for a notification to have this status. */
  private void passTimeUntil(TestPlayer player, String status) {
    scene.host.await(
        () -> {
          scene.host.advance(SECOND);
          return scene.host.get("/api/notifications", player);
        },
        inbox -> status.equals(inbox.body().at("/notifications/0/status").textValue()));
  }

  @Test
  void it_is_asked_by_one_at_a_time_and_everything_is_pushed_once_when_it_is_back() {
    long moments = ids().stream().map(this::awaitNextTry).distinct().count();
    assertTrue(moments > 1, "all are tried again in the same second");
    int atFirst = scene.hub().refused();
    aMinutePasses();
    int meanwhile = scene.hub().refused() - atFirst;
    assertTrue(meanwhile <= 6, () -> "asked " + meanwhile + " times in a minute");

    scene.hub().recover();
    games.forEach(game -> passTimeUntil(game.first, "pushed"));
    games.forEach(game -> passTimeUntil(game.second, "pushed"));

    List<ReceivedPush> pushes = scene.hub().pushes(0, 10_000);
    assertEquals(
        Set.copyOf(ids()),
        pushes.stream().map(push -> push.data().get("id")).collect(Collectors.toSet()));
    assertEquals(2 * GAMES, pushes.size());
  }

  @Test
  void what_was_shown_or_is_no_longer_true_is_not_pushed_when_it_is_back() {
    Game moved = games.get(0);
    Game seen = games.get(1);
    moved.play(moved.first, 4);
    String id = scene.await(seen.first, "yourTurn", "cancelled");
    assertEquals(204, scene.received(seen.first, id).status());
    assertEquals("received", scene.host.awaitEnd(id).body().path("output").textValue());
    aMinutePasses();

    scene.hub().recover();
    passTimeUntil(moved.first, "dropped");
    games.subList(2, GAMES).forEach(game -> passTimeUntil(game.first, "pushed"));

    assertEquals("received", scene.status(seen.first, id));
    assertEquals(List.of(), scene.pushed(moved.first));
    assertEquals(List.of(), scene.pushed(seen.first));
  }

  @Test
  void after_a_day_it_is_given_up() {
    for (int hour = 0; hour < 23; hour++) {
      scene.host.advance(Duration.ofHours(1));
    }
    scene.hub().recover();
    scene.host.advance(Duration.ofHours(1));

    passTimeUntil(games.get(0).second, "cancelled");
    assertEquals(List.of(), scene.hub().pushes(0, 10));
  }
}
