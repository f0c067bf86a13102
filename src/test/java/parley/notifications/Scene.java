package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import io.reactivex.rxjava3.core.Single;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.local.push.PushServer;
import parley.local.push.ReceivedPush;

/** The whole app, with players who have games, connections and devices. */
final class Scene implements AutoCloseable {

  static final Duration ACK = Duration.ofSeconds(5);

  private static final List<String> KINDS =
      List.of(
          "invited",
          "gameStarted",
          "yourTurn",
          "turnExpiring",
          "gameWon",
          "gameLost",
          "gameDrawn",
          "opponentForfeited");

  final TestHost host;

  Scene(Path folder) {
    host = TestHost.start(folder);
  }

  PushServer hub() {
    return host.host().notificationHub().orElseThrow();
  }

  TestPlayer signIn(String name) {
    return host.signIn(name);
  }

  /** Somebody with a device. */
  TestPlayer withPhone(String name) {
    TestPlayer player = signIn(name);
    register(player);
    return player;
  }

  /** Gives the player a device. */
  void register(TestPlayer player) {
    Answer registered =
        host.send(
            "PUT",
            "/api/players/me/devices/" + phone(player),
            player,
            "{\"platform\":\"fcmv1\",\"token\":\"token-of-" + player.id() + "\"}");
    assertTrue(registered.status() < 300, () -> "" + registered.body());
  }

  private static String phone(TestPlayer player) {
    return "phone-" + player.id();
  }

  /** What the player's device would have shown, oldest first. */
  List<ReceivedPush> pushed(TestPlayer player) {
    return hub().pushes(0, 10_000).stream()
        .filter(push -> push.installations().contains(phone(player)))
        .toList();
  }

  Answer negotiate(TestPlayer player, String named) {
    return host.send("POST", "/api/negotiate", player, null, "x-player-id", named);
  }

  Client connect(TestPlayer player) {
    return new Client(negotiate(player, player.id()));
  }

  /** A client of a player's, which keeps what it is told. */
  static final class Client implements AutoCloseable {
    private final HubConnection connection;
    private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();

    private Client(Answer negotiated) {
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

    /** What has come and was not taken. */
    List<JsonObject> rest() {
      List<JsonObject> rest = new ArrayList<>();
      told.drainTo(rest);
      return rest;
    }

    @Override
    public void close() {
      connection.stop().blockingAwait(20, TimeUnit.SECONDS);
    }
  }

  /** A game of these two, in their order of turns. */
  Game game(TestPlayer ada, TestPlayer bob) {
    String wish =
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"}}".formatted(UUID.randomUUID());
    host.post("/api/sessions", ada, wish);
    return game(host.post("/api/sessions", bob, wish), ada, bob);
  }

  /** The same, by the answer with which it began. */
  Game game(Answer begun, TestPlayer ada, TestPlayer bob) {
    assertEquals(200, begun.status());
    boolean adaBegins = begun.text("currentPlayerId").equals(ada.id());
    return new Game(begun.text("sessionId"), adaBegins ? ada : bob, adaBegins ? bob : ada);
  }

  /** A game of two players. */
  final class Game {
    final String id;
    final TestPlayer first;
    final TestPlayer second;

    private Game(String id, TestPlayer first, TestPlayer second) {
      this.id = id;
      this.first = first;
      this.second = second;
    }

    void play(TestPlayer player, int cell) {
      Answer played = host.post("/api/sessions/" + id + "/turns", player, TestPlayer.turn(cell));
      assertEquals(200, played.status());
    }

    void giveUp(TestPlayer player) {
      String body = "{\"moveId\":\"%s\"}".formatted(UUID.randomUUID());
      assertEquals(200, host.post("/api/sessions/" + id + "/forfeit", player, body).status());
    }
  }

  Answer received(TestPlayer player, String id) {
    return host.post("/api/notifications/" + id + "/received", player, null);
  }

  List<JsonNode> inbox(TestPlayer player) {
    return entries(host.get("/api/notifications", player));
  }

  private static List<JsonNode> entries(Answer inbox) {
    List<JsonNode> entries = new ArrayList<>();
    inbox.body().path("notifications").forEach(entries::add);
    return entries;
  }

  String status(TestPlayer player, String id) {
    return inbox(player).stream()
        .filter(entry -> entry.path("id").textValue().equals(id))
        .findFirst()
        .orElseThrow()
        .path("status")
        .textValue();
  }

  /** Waits until the newest of that kind has this status; returns its id. */
  String await(TestPlayer player, String kind, String status) {
    return newest(
            host.await(
                () -> host.get("/api/notifications", player),
                inbox -> status.equals(newest(inbox, kind).path("status").textValue())),
            kind)
        .path("id")
        .textValue();
  }

  private static JsonNode newest(Answer inbox, String kind) {
    return entries(inbox).stream()
        .filter(entry -> kind.equals(entry.path("kind").textValue()))
        .reduce(inbox.body().path("none"), (earlier, later) -> later);
  }

  /** Lets time pass until the notification's orchestration has ended. */
  void passTimeUntilEnd(String id) {
    host.await(
        () -> {
          host.advance(Duration.ofSeconds(1));
          return host.instance(id);
        },
        instance -> "Completed".equals(instance.text("runtimeStatus")));
  }

  @Override
  public void close() {
    host.close();
  }
}
