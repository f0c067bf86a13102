package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    // The first timer was for the receipt.
    ids().forEach(id -> awaitNextTry(id, 1));
  }

  private List<String> ids() {
    return games.stream()
        .flatMap(game -> Stream.of(game.first, game.second))
        .map(player -> scene.inbox(player).get(0).path("id").textValue())
        .toList();
  }

  /**
   * Waits until it is clear when a push is tried again; returns the second.
   *
   * @param timers that there were before
   */
  private String awaitNextTry(String id, int timers) {
    Answer waiting =
        scene.host.await(
            () -> scene.host.history(id), instance -> timers(instance).size() > timers);
    List<JsonNode> all = timers(waiting);
    return all.get(all.size() - 1).path("FireAt").textValue();
  }

  /** Lets the time of all tries come at once, and waits until all have been made. */
  private void allTryAgain() {
    Map<String, Integer> before =
        ids().stream()
            .collect(Collectors.toMap(id -> id, id -> timers(scene.host.history(id)).size()));
    scene.host.advance(RETRY_AFTER.plusSeconds(5));
    before.forEach(this::awaitNextTry);
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
    long moments = ids().stream().map(id -> awaitNextTry(id, 1)).distinct().count();
    assertTrue(moments > 1, "all are tried again in the same second");
    for (int quarter = 0; quarter < 4; quarter++) {
      int before = scene.hub().refused();
      allTryAgain();
      assertEquals(1, scene.hub().refused() - before, "how often it was asked");
    }

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

    scene.hub().recover();
    passTimeUntil(moved.first, "dropped");
    games.subList(2, GAMES).forEach(game -> passTimeUntil(game.first, "pushed"));

    assertEquals("received", scene.status(seen.first, id));
    assertEquals(List.of(), scene.pushed(moved.first));
    assertEquals(List.of(), scene.pushed(seen.first));
  }

  @Test
  void after_a_day_it_is_given_up() {
    Game game = games.get(0);
    String id = scene.await(game.second, "gameStarted", "cancelled");
    scene.host.advance(Duration.ofDays(1));
    scene.passTimeUntilEnd(id);

    scene.hub().recover();
    assertEquals("cancelled", scene.status(game.second, id));
    assertTrue(
        scene.pushed(game.second).stream().noneMatch(push -> id.equals(push.data().get("id"))));
  }
}
