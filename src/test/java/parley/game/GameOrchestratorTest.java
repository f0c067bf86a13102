package parley.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parley.game.ScriptedActivities.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestWorker;
import parley.game.GameState.EventToApply;
import parley.game.rules.GameSession.Status;
import parley.local.TestClock;
import parley.local.engine.DurableEngine;
import parley.platform.Json;

/** The orchestrator on the real engine and middleware, with activities that a test scripts. */
class GameOrchestratorTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant DEADLINE = START.plus(Duration.ofDays(30));
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final TestClock clock = new TestClock(START.toString());
  private final ScriptedActivities activities = new ScriptedActivities();
  private final String id = UUID.randomUUID().toString();
  private DurableEngine engine;
  private DurableTaskClient client;

  @BeforeEach
  void start() throws Exception {
    engine =
        DurableEngine.start(
            new DurableEngine.Options(folder.resolve("durable.db"), 0, clock),
            TestWorker.of(new GameOrchestrator(), activities));
    client = new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    engine.close();
  }

  private void startGame(GameState row) throws InterruptedException {
    activities.row = event -> row;
    client.scheduleNewOrchestrationInstance(
        GameNames.GAME_ORCHESTRATOR,
        new NewOrchestrationInstanceOptions()
            .setInstanceId(id)
            .setInput(Json.tree(new GameNames.StartGame())));
    assertEquals(GameNames.WAKE, nextAsked().event());
    awaitVersion(row.version());
  }

  private static GameState inProgress(long version) {
    return state(version, Status.IN_PROGRESS, DEADLINE);
  }

  private static GameState over(long version) {
    return state(version, Status.COMPLETED, null);
  }

  private void raise(String event, String payload) {
    client.raiseEvent(id, event, Json.read(payload, JsonNode.class));
  }

  private EventToApply nextAsked() throws InterruptedException {
    EventToApply event = activities.arrivals.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(event, "the activity was not called");
    return event;
  }

  private void awaitVersion(long version) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode shown = null;
    while (System.nanoTime() < end) {
      shown = client.getInstanceMetadata(id, true).readCustomStatusAs(JsonNode.class);
      if (shown != null && shown.path("version").asLong() == version) {
        return;
      }
      // A retry's timer may be set only now.
      clock.advance(Duration.ofMillis(1));
      engine.clockMoved();
    }
    throw new AssertionError("still " + shown);
  }

  private OrchestrationMetadata awaitEnd() throws Exception {
    OrchestrationMetadata end = client.waitForInstanceCompletion(id, PATIENCE, true);
    assertEquals(OrchestrationRuntimeStatus.COMPLETED, end.getRuntimeStatus());
    return end;
  }

  @Test
  void a_session_that_is_over_ends_it_at_once() throws Exception {
    startGame(over(5));

    assertEquals("{\"version\":5}", awaitEnd().readOutputAs(String.class));
  }

  @Test
  void an_unknown_session_ends_it() throws Exception {
    activities.row = event -> null;
    client.scheduleNewOrchestrationInstance(
        GameNames.GAME_ORCHESTRATOR, new NewOrchestrationInstanceOptions().setInstanceId(id));

    assertEquals("there is no such session", awaitEnd().readOutputAs(String.class));
  }

  @Test
  void an_event_of_a_version_that_it_knows_costs_nothing() throws Exception {
    startGame(inProgress(2));
    for (int i = 0; i < 5; i++) {
      raise(GameNames.TAKE_TURN, "{\"version\":2}");
      raise(GameNames.ADD_PLAYER, "{\"version\":1}");
      raise(GameNames.WAKE, "{\"version\":1}");
    }
    activities.row = event -> over(3);
    raise(GameNames.TAKE_TURN, "{\"version\":3}");

    awaitEnd();
    assertEquals(2, activities.asked.size(), "the start, and the one event that was new");
  }

  @Test
  void a_wake_about_the_very_version_that_it_knows_has_the_row_looked_at() throws Exception {
    startGame(inProgress(2));

    raise(GameNames.WAKE, "{\"version\":2}");

    assertEquals(GameNames.WAKE, nextAsked().event());
  }

  @Test
  void events_that_come_while_another_is_applied_are_all_applied() throws Exception {
    startGame(inProgress(2));
    CountDownLatch applying = new CountDownLatch(1);
    CountDownLatch raised = new CountDownLatch(1);
    activities.row =
        event -> {
          applying.countDown();
          await(raised);
          return inProgress(event.version() + 1);
        };

    raise(GameNames.TAKE_TURN, "{\"n\":1}");
    await(applying);
    raise(GameNames.FORFEIT, "{\"n\":2}");
    raise(GameNames.TAKE_TURN, "{\"n\":3}");
    raise(GameNames.TAKE_TURN, "{\"n\":4}");
    raise(GameNames.ADD_PLAYER, "{\"n\":5}");
    raised.countDown();

    awaitVersion(7);
    List<String> applied =
        activities.asked.stream()
            .skip(1)
            .map(event -> event.event() + event.payload().path("n").asInt())
            .sorted()
            .toList();
    assertEquals(List.of("addPlayer5", "forfeit2", "takeTurn1", "takeTurn3", "takeTurn4"), applied);
  }

  @Test
  void equal_events_that_were_refused_do_not_loop() throws Exception {
    startGame(inProgress(2));
    for (int i = 0; i < 10; i++) {
      raise(GameNames.TAKE_TURN, "{\"refused\":true}");
    }
    for (int i = 0; i < 10; i++) {
      nextAsked();
    }
    activities.row = event -> over(3);
    raise(GameNames.FORFEIT, "{}");

    awaitEnd();
    assertEquals(12, activities.asked.size());
  }

  @Test
  void the_deadline_has_the_row_looked_at_though_it_is_thirty_days_off() throws Exception {
    startGame(inProgress(2));
    activities.row = event -> over(3);

    clock.advance(Duration.ofDays(30).minusMillis(1));
    engine.clockMoved();
    assertNull(activities.arrivals.poll(), "not before the deadline");
    clock.advance(Duration.ofMillis(1));
    engine.clockMoved();

    assertEquals(GameNames.WAKE, nextAsked().event());
    awaitEnd();
  }

  @Test
  void a_refused_event_does_not_extend_the_deadline() throws Exception {
    startGame(inProgress(2));
    clock.advance(Duration.ofDays(29));
    engine.clockMoved();
    raise(GameNames.TAKE_TURN, "{\"refused\":true}");
    assertEquals(GameNames.TAKE_TURN, nextAsked().event());
    activities.row = event -> over(3);

    clock.advance(Duration.ofDays(1));
    engine.clockMoved();

    awaitEnd();
  }

  @Test
  void a_timer_ahead_of_the_apps_clock_asks_again() throws Exception {
    startGame(inProgress(2));
    clock.advance(Duration.ofDays(30));
    engine.clockMoved();
    assertEquals(GameNames.WAKE, nextAsked().event());
    activities.row = event -> over(3);

    awaitAskedAfter(Duration.ofSeconds(2));

    awaitEnd();
  }

  @Test
  void an_hour_without_the_database_is_outlived() throws Exception {
    startGame(inProgress(2));
    activities.row =
        event -> {
          throw new IllegalStateException("the database is away");
        };
    raise(GameNames.TAKE_TURN, "{\"n\":1}");
    nextAsked();
    Instant away = clock.instant();
    while (clock.instant().isBefore(away.plus(Duration.ofHours(1)))) {
      awaitAskedAfter(Duration.ofSeconds(31));
    }
    activities.row = event -> inProgress(3);

    // Its last try may be under way, or the next one still to come.
    clock.advance(Duration.ofSeconds(31));
    engine.clockMoved();
    awaitVersion(3);
  }

  /** Moves the clock on until the activity is called; its timer may still be on its way. */
  private void awaitAskedAfter(Duration step) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      clock.advance(step);
      engine.clockMoved();
      if (activities.arrivals.poll(20, TimeUnit.MILLISECONDS) != null) {
        return;
      }
    }
    throw new AssertionError("the activity was not called");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
