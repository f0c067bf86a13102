package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestDatabase;
import parley.TestPlayer;
import parley.TestProcess;
import parley.Wire;
import parley.Wire.Hold;
import parley.Wire.Moment;
import parley.local.TestClock;
import parley.local.push.PushServer;
import parley.local.push.ReceivedPush;

/**
 * One notification is held up at each step of the cascade, and then the app is killed. Its clock
 * stands still unless it is moved here, also over the restart.
 */
class KillTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Where the app is with a notification when it is killed. */
  private enum Step {
    BEFORE_THE_ROW("MySQL", Moment.BEFORE, "yourTurn"),
    ROW_WRITTEN("MySQL", Moment.AFTER, "yourTurn"),
    ORCHESTRATION_STARTED("MySQL", Moment.BEFORE, "sent"),
    NOTED_AS_SENT("MySQL", Moment.AFTER, "sent"),
    BEFORE_SIGNALR("SignalR", Moment.BEFORE),
    SENT_BY_SIGNALR("SignalR", Moment.AFTER),
    WAITING_FOR_THE_RECEIPT(null, null),
    RECEIPT_NOTED("MySQL", Moment.AFTER, "received"),
    TIME_IS_UP("MySQL", Moment.BEFORE, "cancelled"),
    CANCELLED("MySQL", Moment.AFTER, "cancelled"),
    BEFORE_THE_PUSH("push", Moment.BEFORE),
    PUSHED("push", Moment.AFTER),
    BEFORE_IT_IS_NOTED("MySQL", Moment.BEFORE, "pushed"),
    NOTED_AS_PUSHED("MySQL", Moment.AFTER, "pushed");

    final String wire;
    final Moment moment;
    final String[] words;

    Step(String wire, Moment moment, String... words) {
      this.wire = wire;
      this.moment = moment;
      this.words = words;
    }

    /** Whether it comes only when the time for the receipt is up. */
    boolean late() {
      return compareTo(RECEIPT_NOTED) > 0;
    }

    /** Until then it is shown by the player's client, which is open. */
    boolean online() {
      return !late() && this != WAITING_FOR_THE_RECEIPT;
    }
  }

  /** What is held up: the turn that the second player of a game gets by the first one's move. */
  private record Turn(String sessionId, TestPlayer first, TestPlayer second, String id) {
    String phone() {
      return "phone-" + second.id();
    }
  }

  @TempDir private Path folder;
  private final Map<Step, Turn> turns = new EnumMap<>(Step.class);
  private KeptSockets sockets;
  private PushServer hub;
  private Map<String, Wire> wires;
  private TestProcess app;

  @BeforeEach
  void start() throws Exception {
    sockets = new KeptSockets();
    hub =
        PushServer.start(
            new PushServer.Options(
                0,
                folder.resolve("hub.db"),
                "parley",
                "a key",
                new TestClock("2026-03-01T12:00:00Z")));
    wires =
        Map.of(
            "MySQL", new Wire(TestDatabase.port()),
            "SignalR", new Wire(sockets.port()),
            "push", new Wire(hub.port()));
    app =
        new TestProcess(
            folder.resolve("app"),
            Map.of(
                "MYSQL_CONNECTION_STRING",
                TestDatabase.urlAt(port("MySQL")),
                "AzureSignalRConnectionString",
                "Endpoint=http://localhost;Port=%d;AccessKey=%s;Version=1.0;"
                    .formatted(port("SignalR"), "k".repeat(32)),
                "NOTIFICATIONHUB_CONNECTION_STRING",
                hub.connectionString().replace(":" + hub.port(), ":" + port("push"))));
    for (Step step : Step.values()) {
      turns.put(step, game());
    }
  }

  @AfterEach
  void stop() throws Exception {
    app.close();
    for (Wire wire : wires.values()) {
      wire.close();
    }
    hub.close();
    sockets.close();
  }

  private int port(String wire) {
    return wires.get(wire).port();
  }

  /** Of two players with devices, who have been told that it has begun and have seen that. */
  private Turn game() {
    TestPlayer ada = player();
    TestPlayer bob = player();
    String wish =
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\"}}".formatted(UUID.randomUUID());
    app.post("/api/sessions", ada, wish);
    Answer begun = app.post("/api/sessions", bob, wish);
    boolean adaBegins = begun.text("currentPlayerId").equals(ada.id());
    TestPlayer first = adaBegins ? ada : bob;
    TestPlayer second = adaBegins ? bob : ada;
    String id = begun.text("sessionId");
    for (TestPlayer player : List.of(first, second)) {
      Answer inbox = awaitInbox(player, 1, "sent");
      received(player, inbox.body().at("/notifications/0/id").textValue());
    }
    Notification turn =
        Notification.of(UUID.fromString(second.id()), UUID.fromString(id), 3, "yourTurn");
    return new Turn(id, first, second, turn.id().toString());
  }

  private TestPlayer player() {
    TestPlayer player = app.signIn("Ada");
    String device = "{\"platform\":\"fcmv1\",\"token\":\"token\"}";
    String path = "/api/players/me/devices/phone-" + player.id();
    assertEquals(201, app.send("PUT", path, player, device).status());
    return player;
  }

  private void received(TestPlayer player, String id) {
    assertEquals(204, app.post("/api/notifications/" + id + "/received", player, null).status());
  }

  private Answer awaitInbox(TestPlayer player, int size, String status) {
    return app.await(
        () -> app.get("/api/notifications", player),
        inbox -> {
          JsonNode all = inbox.body().path("notifications");
          return all.size() == size && status.equals(all.path(size - 1).path("status").textValue());
        });
  }

  private void move(Step step) {
    Turn turn = turns.get(step);
    Answer moved =
        app.post("/api/sessions/" + turn.sessionId() + "/turns", turn.first(), TestPlayer.turn(4));
    assertEquals(200, moved.status());
  }

  private Hold holdAt(Step step) {
    String[] words =
        Stream.concat(Stream.of(turns.get(step).id()), Stream.of(step.words))
            .toArray(String[]::new);
    return wires.get(step.wire).hold(step.moment, words);
  }

  private void awaitTimer(Step step) {
    awaitInbox(turns.get(step).second(), 2, "sent");
    app.await(
        () -> app.history(turns.get(step).id()),
        instance -> instance.body().path("historyEvents").toString().contains("TimerCreated"));
  }

  private static List<Step> steps(Predicate<Step> which) {
    return Stream.of(Step.values()).filter(which).toList();
  }

  /** Nobody says that it was shown, so each goes on to where it is held up. */
  private void letTimeBeUp(List<Step> steps) throws Exception {
    steps.forEach(this::move);
    steps.forEach(this::awaitTimer);
    List<Hold> holds = steps.stream().map(this::holdAt).toList();
    app.advance(Scene.ACK.plus(SECOND));
    for (Hold hold : holds) {
      hold.await();
    }
  }

  @Test
  void a_kill_between_any_two_steps_repeats_nothing_that_is_shown_and_loses_nothing()
      throws Exception {
    // Statements are held up before pushes: the service is left alone once it has not answered one.
    letTimeBeUp(steps(step -> step.late() && step.wire.equals("MySQL")));
    letTimeBeUp(steps(step -> step.late() && step.wire.equals("push")));
    List<Step> waiting = List.of(Step.WAITING_FOR_THE_RECEIPT, Step.RECEIPT_NOTED);
    waiting.forEach(this::move);
    waiting.forEach(this::awaitTimer);
    List<Step> atOnce = steps(step -> !step.late() && !waiting.contains(step));
    // One after the other: a move may share the transaction of what is held up.
    for (Step step : atOnce) {
      Hold hold = holdAt(step);
      move(step);
      hold.await();
    }
    Hold hold = holdAt(Step.RECEIPT_NOTED);
    Turn seen = turns.get(Step.RECEIPT_NOTED);
    CompletableFuture<Void> unanswered =
        CompletableFuture.runAsync(() -> received(seen.second(), seen.id()));
    hold.await();

    app.kill();
    for (Wire wire : wires.values()) {
      wire.cut();
    }
    assertThrows(CompletionException.class, unanswered::join);
    app.restart();

    // Whose client was open shows what comes, and says so, also what it has shown before the kill.
    for (Step step : steps(Step::online)) {
      Turn turn = turns.get(step);
      app.await(() -> app.get("/api/health", null), health -> sockets.ids().contains(turn.id()));
      received(turn.second(), turn.id());
    }
    for (Turn turn : turns.values()) {
      app.await(
          () -> {
            app.advance(SECOND);
            return app.instance(turn.id());
          },
          instance -> "Completed".equals(instance.text("runtimeStatus")));
    }
    assertAll(turns.keySet().stream().map(step -> () -> expectShownOnce(step)));
  }

  private void expectShownOnce(Step step) {
    Turn turn = turns.get(step);
    JsonNode inbox = app.get("/api/notifications", turn.second()).body().path("notifications");
    assertEquals(2, inbox.size(), () -> step + ": " + inbox);
    assertEquals(turn.id(), inbox.path(1).path("id").textValue());
    assertEquals(
        step.online() ? "received" : "pushed",
        inbox.path(1).path("status").textValue(),
        step::toString);
    List<ReceivedPush> pushes =
        hub.pushes(0, 1_000).stream()
            .filter(push -> push.installations().contains(turn.phone()))
            .toList();
    if (step.online()) {
      assertEquals(List.of(), pushes, step::toString);
    } else {
      // A push that was sent and not noted comes again, and takes the place of itself.
      boolean twice = step == Step.PUSHED || step == Step.BEFORE_IT_IS_NOTED;
      assertEquals(twice ? 2 : 1, pushes.size(), () -> step + ": " + pushes);
      for (ReceivedPush push : pushes) {
        assertEquals(turn.id(), push.data().get("id"), step::toString);
        assertEquals(turn.sessionId(), push.collapseKey());
      }
    }
  }
}
