package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestDatabase;
import parley.TestPlayer;
import parley.local.push.ReceivedPush;
import parley.notifications.Scene.Client;
import parley.notifications.Scene.Game;
import parley.platform.Database;

/** What players are told, on open connections of the published client and on their devices. */
class DeliveryTest {

  @TempDir private static Path folder;
  private static Scene scene;

  @BeforeAll
  static void start() {
    scene = new Scene(folder);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void who_is_online_is_told_at_once_and_what_was_shown_is_not_pushed() throws Exception {
    TestPlayer ada = scene.withPhone("Ada");
    TestPlayer bob = scene.withPhone("Bob");
    try (Client adas = scene.connect(ada);
        Client bobs = scene.connect(bob)) {
      Game game = scene.game(ada, bob);
      Client first = game.first == ada ? adas : bobs;
      Client second = game.first == ada ? bobs : adas;

      JsonObject turn = first.next();
      assertEquals("yourTurn", turn.get("kind").getAsString());
      assertEquals(game.id, turn.get("sessionId").getAsString());
      assertEquals("Your turn", turn.get("title").getAsString());
      String opponent = game.second == ada ? "Ada" : "Bob";
      assertEquals("It is your move against " + opponent + ".", turn.get("body").getAsString());
      assertEquals("inProgress", turn.getAsJsonObject("session").get("status").getAsString());
      assertNotNull(turn.get("expiresAt"));
      JsonObject started = second.next();
      assertEquals("gameStarted", started.get("kind").getAsString());

      for (JsonObject one : List.of(turn, started)) {
        TestPlayer player = one == turn ? game.first : game.second;
        String id = one.get("id").getAsString();
        scene.await(player, one.get("kind").getAsString(), "sent");
        assertEquals(204, scene.received(player, id).status());
        assertEquals("Completed", scene.host.awaitEnd(id).text("runtimeStatus"));
        assertEquals("received", scene.status(player, id));
        assertEquals(204, scene.received(player, id).status());
      }
      assertEquals(List.of(), scene.pushed(game.first));
      assertEquals(List.of(), scene.pushed(game.second));
    }
  }

  @Test
  void who_does_not_say_that_it_was_shown_gets_one_push() {
    Game game = scene.game(scene.withPhone("Ada"), scene.withPhone("Bob"));
    String id = scene.await(game.first, "yourTurn", "sent");

    scene.passTimeUntilEnd(id);

    assertEquals("pushed", scene.status(game.first, id));
    assertEquals(1, scene.pushed(game.first).size());
    assertEquals(204, scene.received(game.first, id).status());
    assertEquals("pushed", scene.status(game.first, id), "it is too late");
  }

  @Test
  void a_turn_that_was_taken_already_is_not_pushed() {
    Game game = scene.game(scene.withPhone("Ada"), scene.withPhone("Bob"));
    String id = scene.await(game.first, "yourTurn", "sent");

    game.play(game.first, 4);
    scene.passTimeUntilEnd(id);

    assertEquals("dropped", scene.status(game.first, id));
    assertEquals(List.of(), scene.pushed(game.first));
  }

  @Test
  void who_is_invited_is_told_and_who_has_come_is_not_any_more() throws Exception {
    TestPlayer ada = scene.signIn("Ada");
    TestPlayer bob = scene.withPhone("Bob");
    TestPlayer cid = scene.withPhone("Cid");
    try (Client bobs = scene.connect(bob)) {
      String toBob = invite(ada, bob);
      JsonObject invited = bobs.next();
      assertEquals("invited", invited.get("kind").getAsString());
      assertEquals(toBob, invited.get("sessionId").getAsString());
      assertEquals("Ada wants to play with you.", invited.get("body").getAsString());
      String id = scene.await(bob, "invited", "sent");
      assertEquals(200, scene.host.post("/api/sessions/" + toBob + "/players", bob, "{}").status());
      scene.passTimeUntilEnd(id);
      assertEquals("dropped", scene.status(bob, id));

      invite(ada, cid);
      String unheard = scene.await(cid, "invited", "sent");
      scene.passTimeUntilEnd(unheard);
      assertEquals("pushed", scene.status(cid, unheard));
      assertEquals(List.of("You are invited"), titles(cid));
    }
  }

  private static String invite(TestPlayer host, TestPlayer guest) {
    String wish =
        "{\"game\":\"tic-tac-toe\",\"settings\":{},\"opponent\":\"%s\"}".formatted(guest.id());
    Answer opened = scene.host.post("/api/sessions", host, wish);
    assertEquals(201, opened.status());
    return opened.text("sessionId");
  }

  @Test
  void who_takes_long_is_reminded_of_the_deadline_once() throws Exception {
    TestPlayer ada = scene.signIn("Ada");
    TestPlayer bob = scene.signIn("Bob");
    try (Client adas = scene.connect(ada);
        Client bobs = scene.connect(bob)) {
      Game game = scene.game(ada, bob);
      Client first = game.first == ada ? adas : bobs;
      String turn = first.next().get("id").getAsString();
      scene.received(game.first, turn);
      scene.host.awaitVersion(game.id, 2);

      scene.host.advance(Duration.ofHours(23));

      JsonObject reminder = first.next();
      assertEquals("turnExpiring", reminder.get("kind").getAsString());
      assertEquals("Your time is running out", reminder.get("title").getAsString());
      String id = reminder.get("id").getAsString();
      scene.await(game.first, "turnExpiring", "sent");
      scene.received(game.first, id);
      scene.host.awaitEnd(id);
      scene.host.advance(Duration.ofMinutes(30));
      game.play(game.first, 4);
      scene.await(game.second, "yourTurn", "sent");
      assertEquals(List.of("yourTurn", "turnExpiring"), kinds(game.first));
      assertEquals(List.of(), first.rest());
    }
  }

  @Test
  void pushes_of_one_game_take_each_others_place_and_those_of_several_do_not() {
    TestPlayer ada = scene.withPhone("Ada");
    Game one = scene.game(ada, scene.signIn("Bob"));
    Game other = scene.game(ada, scene.signIn("Cid"));
    for (Game game : List.of(one, other)) {
      pushOfGame(ada, game, 1);
      game.giveUp(game.first == ada ? game.second : game.first);
      pushOfGame(ada, game, 2);
    }

    List<String> keys = scene.pushed(ada).stream().map(ReceivedPush::collapseKey).toList();
    assertEquals(4, keys.size());
    assertEquals(Set.of(one.id, other.id), Set.copyOf(keys));
  }

  /** Lets time pass until so many pushes of a game have come. */
  private static void pushOfGame(TestPlayer player, Game game, int count) {
    scene.host.await(
        () -> {
          scene.host.advance(Duration.ofSeconds(1));
          return scene.host.get("/api/sessions/" + game.id, player);
        },
        session ->
            scene.pushed(player).stream()
                    .filter(push -> push.data().get("sessionId").equals(game.id))
                    .filter(push -> push.collapseKey().equals(game.id))
                    .count()
                == count);
  }

  @Test
  void for_whom_nobody_could_be_told_it_is_in_the_inbox_and_costs_nothing() {
    Game game = scene.game(scene.signIn("Ada"), scene.signIn("Bob"));

    String id = scene.await(game.first, "yourTurn", "cancelled");

    assertEquals(1, scene.inbox(game.first).size());
    assertEquals(404, scene.host.instance(id).status());
  }

  @Test
  void who_wants_none_gets_none() {
    TestPlayer quiet = scene.withPhone("Quiet");
    Answer off = wantNone(quiet);
    assertFalse(off.body().path("notifications").asBoolean());
    Game game = scene.game(quiet, scene.signIn("Bob"));
    String kind = game.first == quiet ? "yourTurn" : "gameStarted";

    String id = scene.await(quiet, kind, "dropped");

    assertEquals(game.id, scene.inbox(quiet).get(0).path("sessionId").textValue());
    assertEquals(404, scene.host.instance(id).status());
  }

  @Test
  void what_was_sent_before_the_player_wanted_none_is_not_pushed() {
    Game game = scene.game(scene.withPhone("Ada"), scene.withPhone("Bob"));
    String id = scene.await(game.second, "gameStarted", "sent");

    wantNone(game.second);
    scene.passTimeUntilEnd(id);

    assertEquals("dropped", scene.status(game.second, id));
    assertEquals(List.of(), scene.pushed(game.second));
  }

  private static Answer wantNone(TestPlayer player) {
    Answer off = scene.host.send("PATCH", "/api/players/me", player, "{\"notifications\":false}");
    assertEquals(200, off.status());
    return off;
  }

  @Test
  void what_was_put_down_and_left_is_brought_on_its_way_with_the_next() {
    Game game = scene.game(scene.withPhone("Ada"), scene.withPhone("Bob"));
    Notification left =
        Notification.of(
            UUID.fromString(game.second.id()), UUID.fromString(game.id), 2, "gameDrawn");
    scene.await(game.second, "gameStarted", "sent");
    try (Database database = new Database(TestDatabase.url(), 1)) {
      new NotificationStore(database, scene.host.clock()).queue(List.of(left));
    }
    assertEquals(404, scene.host.instance(left.id().toString()).status());

    game.play(game.first, 4);

    scene.await(game.second, "gameDrawn", "sent");
    scene.passTimeUntilEnd(left.id().toString());
    assertEquals("pushed", scene.status(game.second, left.id().toString()));
  }

  private static List<String> kinds(TestPlayer player) {
    return scene.inbox(player).stream()
        .map((JsonNode entry) -> entry.path("kind").textValue())
        .toList();
  }

  private static List<String> titles(TestPlayer player) {
    return scene.pushed(player).stream().map(ReceivedPush::title).toList();
  }
}
