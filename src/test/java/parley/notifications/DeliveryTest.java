package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.platform.Json;

/** What players are told, on open connections of the published client and on their devices. */
class DeliveryTest {

  private static final List<String> KINDS =
      List.of("yourTurn", "gameStarted", "gameWon", "gameLost", "opponentForfeited");

  @TempDir private static Path folder;
  private static TestHost host;

  @BeforeAll
  static void start() {
    host = TestHost.start(folder);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  /** A client of a player's, which keeps what it is told. */
  private static final class Client implements AutoCloseable {
    private final HubConnection connection;
    private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();

    Client(TestPlayer player) {
      Answer negotiated = negotiate(player, player.id());
      assertEquals(200, negotiated.status());
      connection =
          HubConnectionBuilder.create(negotiated.text("url"))
              .withAccessTokenProvider(Single.just(negotiated.text("accessToken")))
              .build();
      KINDS.forEach(kind -> connection.on(kind, told::add, JsonObject.class));
      connection.start().blockingAwait(20, TimeUnit.SECONDS);
    }

    JsonObject next() throws InterruptedException {
      JsonObject next = told.poll(20, TimeUnit.SECONDS);
      assertNotNull(next, "nothing was told");
      return next;
    }

    @Override
    public void close() {
      connection.stop().blockingAwait(20, TimeUnit.SECONDS);
    }
  }

  private static Answer negotiate(TestPlayer player, String named) {
    return host.send("POST", "/api/negotiate", player, null, "x-player-id", named);
  }

  /** A game of two players, in their order of turns. */
  private record Game(String id, TestPlayer first, TestPlayer second) {
    static Game start() {
      return of(host.signIn("Ada"), host.signIn("Bob"));
    }

    static Game of(TestPlayer ada, TestPlayer bob) {
      String wish =
          "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"}}".formatted(UUID.randomUUID());
      host.post("/api/sessions", ada, wish);
      Answer begun = host.post("/api/sessions", bob, wish);
      boolean adaBegins = begun.text("currentPlayerId").equals(ada.id());
      return new Game(begun.text("sessionId"), adaBegins ? ada : bob, adaBegins ? bob : ada);
    }

    void play(TestPlayer player, int cell) {
      Answer played = host.post("/api/sessions/" + id + "/turns", player, TestPlayer.turn(cell));
      assertEquals(200, played.status());
    }
  }

  private static List<JsonNode> inbox(TestPlayer player) {
    List<JsonNode> inbox = new ArrayList<>();
    host.get("/api/notifications", player).body().path("notifications").forEach(inbox::add);
    return inbox;
  }

  private static JsonNode entry(TestPlayer player, String id) {
    return inbox(player).stream()
        .filter(entry -> entry.path("id").textValue().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitStatus(TestPlayer player, String id, String status) {
    host.await(
        () -> host.get("/api/notifications", player),
        inbox -> entry(player, id).path("status").textValue().equals(status));
  }

  private static List<JsonNode> pushed(TestPlayer player) {
    URI uri =
        URI.create(
            "http://127.0.0.1:"
                + host.host().notificationHub().orElseThrow().port()
                + "/notificationhub");
    try {
      String body =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
              .body();
      List<JsonNode> all = new ArrayList<>();
      Json.read(body, JsonNode.class)
          .forEach(
              push -> {
                if (push.toString().contains(player.id())) {
                  all.add(push);
                }
              });
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void register(TestPlayer player) {
    Answer registered =
        host.send(
            "PUT",
            "/api/players/me/devices/phone-" + player.id(),
            player,
            "{\"platform\":\"fcmv1\",\"token\":\"token-of-" + player.id() + "\"}");
    assertTrue(registered.status() < 300, () -> "" + registered.body());
  }

  @Test
  void who_is_online_is_told_at_once_and_what_was_shown_is_not_pushed() throws Exception {
    TestPlayer ada = host.signIn("Ada");
    TestPlayer bob = host.signIn("Bob");
    register(ada);
    register(bob);
    try (Client adas = new Client(ada);
        Client bobs = new Client(bob)) {
      Game game = Game.of(ada, bob);
      Client first = game.first() == ada ? adas : bobs;
      Client second = game.first() == ada ? bobs : adas;

      JsonObject turn = first.next();
      assertEquals("yourTurn", turn.get("kind").getAsString());
      assertEquals(game.id(), turn.get("sessionId").getAsString());
      assertEquals("Your turn", turn.get("title").getAsString());
      String opponent = game.second() == ada ? "Ada" : "Bob";
      assertEquals("It is your move against " + opponent + ".", turn.get("body").getAsString());
      assertEquals("inProgress", turn.getAsJsonObject("session").get("status").getAsString());
      assertNotNull(turn.get("expiresAt"));
      JsonObject started = second.next();
      assertEquals("gameStarted", started.get("kind").getAsString());

      for (JsonObject one : List.of(turn, started)) {
        TestPlayer player = one == turn ? game.first() : game.second();
        String id = one.get("id").getAsString();
        awaitStatus(player, id, "sent");
        assertEquals(
            204, host.post("/api/notifications/" + id + "/received", player, null).status());
        assertEquals("Completed", host.awaitEnd(id).text("runtimeStatus"));
        assertEquals("received", entry(player, id).path("status").textValue());
        assertEquals(
            204, host.post("/api/notifications/" + id + "/received", player, null).status());
      }
      assertEquals(List.of(), pushed(game.first()));
      assertEquals(List.of(), pushed(game.second()));
    }
  }

  @Test
  void who_does_not_say_that_it_was_shown_gets_one_push() throws Exception {
    TestPlayer ada = host.signIn("Ada");
    TestPlayer bob = host.signIn("Bob");
    register(ada);
    register(bob);
    Game game = Game.of(ada, bob);
    host.await(
        () -> host.get("/api/notifications", game.first()),
        inbox -> "sent".equals(inbox.body().at("/notifications/0/status").textValue()));
    String id = inbox(game.first()).get(0).path("id").textValue();

    host.await(
        () -> {
          host.advance(Duration.ofSeconds(1));
          return host.instance(id);
        },
        instance -> "Completed".equals(instance.text("runtimeStatus")));

    assertEquals("pushed", entry(game.first(), id).path("status").textValue());
    assertEquals(1, pushed(game.first()).size(), () -> "" + pushed(game.first()));
    assertEquals(
        204, host.post("/api/notifications/" + id + "/received", game.first(), null).status());
    assertEquals("pushed", entry(game.first(), id).path("status").textValue(), "it is too late");
  }

  @Test
  void for_whom_nobody_could_be_told_it_is_in_the_inbox_and_costs_nothing() {
    Game game = Game.start();

    Answer inbox =
        host.await(
            () -> host.get("/api/notifications", game.first()),
            answer -> answer.body().path("notifications").size() == 1);

    JsonNode only = inbox.body().at("/notifications/0");
    assertEquals("cancelled", only.path("status").textValue());
    assertEquals(404, host.instance(only.path("id").textValue()).status());
  }

  @Test
  void who_wants_none_gets_none() {
    TestPlayer quiet = host.signIn("Quiet");
    Answer off = host.send("PATCH", "/api/players/me", quiet, "{\"notifications\":false}");
    assertEquals(200, off.status());
    assertEquals(false, off.body().path("notifications").asBoolean());
    Game game = Game.of(quiet, host.signIn("Bob"));

    Answer inbox =
        host.await(
            () -> host.get("/api/notifications", quiet),
            answer -> answer.body().path("notifications").size() == 1);

    JsonNode dropped = inbox.body().at("/notifications/0");
    assertEquals("dropped", dropped.path("status").textValue());
    assertEquals(game.id(), dropped.path("sessionId").textValue());
    assertEquals(404, host.instance(dropped.path("id").textValue()).status());
  }

  @Test
  void nobody_gets_the_connection_of_another() {
    TestPlayer player = host.signIn("Ada");
    TestPlayer other = host.signIn("Bob");

    assertEquals(403, negotiate(player, other.id()).status());
    assertEquals(401, negotiate(null, player.id()).status());
    assertNull(negotiate(player, other.id()).text("accessToken"));
    // The binding itself fails without the header, before the function can say what is missing.
    assertEquals(500, host.send("POST", "/api/negotiate", player, null).status());
  }

  @Test
  void a_notification_is_its_players_own() {
    Game game = Game.start();
    Answer inbox =
        host.await(
            () -> host.get("/api/notifications", game.first()),
            answer -> answer.body().path("notifications").size() == 1);
    String received =
        "/api/notifications/" + inbox.body().at("/notifications/0/id").textValue() + "/received";

    assertEquals(404, host.post(received, game.second(), null).status());
    assertEquals(401, host.post(received, null, null).status());
    assertEquals(
        404,
        host.post("/api/notifications/" + UUID.randomUUID() + "/received", game.first(), null)
            .status());
  }
}
