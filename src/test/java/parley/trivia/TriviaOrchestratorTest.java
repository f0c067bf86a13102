package parley.trivia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parley.trivia.ScriptedActivities.sent;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestWorker;
import parley.local.TestClock;
import parley.local.engine.DurableEngine;
import parley.local.engine.turn.NewInstance;
import parley.platform.Json;
import parley.trivia.TriviaActivities.Sent;
import parley.trivia.rules.Beat;

/** The orchestrator on the real engine and middleware, with an activity that a test scripts. */
class TriviaOrchestratorTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration BEAT = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final TestClock clock = new TestClock(START.toString());
  private final ScriptedActivities activities = new ScriptedActivities();
  private DurableEngine engine;
  private DurableTaskClient client;

  @BeforeEach
  void start() throws Exception {
    engine =
        DurableEngine.start(
            new DurableEngine.Options(folder.resolve("durable.db"), 0, clock),
            TestWorker.of(new TriviaOrchestrator(), activities));
    client = new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    engine.close();
  }

  private void startGame() {
    client.scheduleNewOrchestrationInstance(
        TriviaNames.TRIVIA_ORCHESTRATOR,
        new NewOrchestrationInstanceOptions()
            .setInstanceId(TriviaNames.GAME)
            .setInput(Json.tree(new TriviaNames.StartTrivia((int) BEAT.toSeconds()))));
  }

  private void advance(Duration by) {
    clock.advance(by);
    engine.clockMoved();
  }

  private Beat nextBeat() throws InterruptedException {
    Beat beat = activities.beats.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(beat, "no clue was asked for");
    return beat;
  }

  private JsonNode status() {
    return client.getInstanceMetadata(TriviaNames.GAME, true).readCustomStatusAs(JsonNode.class);
  }

  private JsonNode awaitStatus(Predicate<JsonNode> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode shown = status();
    while (shown == null || !wanted.test(shown)) {
      assertTrue(System.nanoTime() < end, "still " + shown);
      // A retry's timer may be set only now.
      advance(Duration.ofMillis(20));
      shown = status();
    }
    return shown;
  }

  private PlayedTurns played() {
    return new PlayedTurns(
        TestWorker.of(new TriviaOrchestrator(), activities),
        new NewInstance(
            TriviaNames.GAME,
            TriviaNames.TRIVIA_ORCHESTRATOR,
            null,
            Json.write(new TriviaNames.StartTrivia((int) BEAT.toSeconds())),
            null,
            null),
        START);
  }

  @Test
  void each_of_ten_thousand_beats_comes_once_and_when_it_is_planned() throws Exception {
    PlayedTurns game = played();
    for (int i = 0; i < 10_000; i++) {
      game.untilItContinuesAsNew(Duration.ofMillis(i * 7 % 9_000));
      assertEquals(new Beat(START.plus(BEAT.multipliedBy(i)), 20), nextBeat());
      assertEquals(0, activities.beats.size());
    }
  }

  @Test
  void beats_that_come_late_on_the_engine_do_not_drift() throws Exception {
    startGame();
    for (int i = 0; i < 500; i++) {
      assertEquals(new Beat(START.plus(BEAT.multipliedBy(i)), 20), nextBeat());
      // Three late by more and more, then one that makes up for it.
      advance(i % 4 == 3 ? BEAT.minusMillis(2_100) : BEAT.plusMillis(700));
    }
    assertEquals(0, activities.beats.size());
  }

  @Test
  void while_the_source_is_down_each_beat_is_skipped_and_then_it_goes_on() throws Exception {
    startGame();
    nextBeat();
    activities.script = beat -> new Sent(null, "no source gave a clue");
    for (int i = 1; i <= 100; i++) {
      advance(BEAT);
      assertEquals(START.plus(BEAT.multipliedBy(i)), nextBeat().at());
    }
    JsonNode skipped = awaitStatus(shown -> shown.path("skipped").isTextual());
    assertEquals("no source gave a clue", skipped.path("skipped").asText());
    assertEquals("c1", skipped.at("/clue/clueId").asText(), "the last that was asked");
    assertEquals(0, activities.beats.size(), "it asks once a beat");

    activities.script = beat -> sent("c2");
    advance(BEAT);
    assertEquals(START.plus(BEAT.multipliedBy(101)), nextBeat().at());
    awaitStatus(shown -> shown.at("/clue/clueId").asText().equals("c2"));
  }

  @Test
  void a_clue_that_cannot_be_sent_is_tried_again_in_the_first_half_of_its_beat() throws Exception {
    activities.script =
        beat -> {
          throw new IllegalStateException("the service does not answer");
        };
    PlayedTurns game = played();
    game.untilItContinuesAsNew(Duration.ZERO);
    int tries = activities.beats.size();
    assertTrue(tries > 3 && tries <= 10, "it was tried " + tries + " times");
    for (int i = 0; i < tries; i++) {
      assertEquals(START, nextBeat().at());
    }

    activities.script = beat -> sent("c2");
    game.untilItContinuesAsNew(Duration.ZERO);
    assertEquals(START.plus(BEAT), nextBeat().at(), "the tries were over before the next beat");
  }

  @Test
  void a_clue_that_cannot_be_sent_is_told_of() {
    activities.script =
        beat -> {
          throw new IllegalStateException("the service does not answer");
        };
    startGame();
    JsonNode skipped = awaitStatus(shown -> shown.path("skipped").isTextual());

    assertEquals("the clue could not be sent", skipped.path("skipped").asText());
  }

  @Test
  void after_an_hour_without_the_engine_missed_beats_are_not_made_up_for() throws Exception {
    startGame();
    nextBeat();
    awaitStatus(shown -> shown.at("/clue/clueId").asText().equals("c1"));
    stop();
    clock.advance(Duration.ofHours(1));
    start();

    // The one that was waited for is long over, which the activity finds.
    activities.script = beat -> new Sent(null, "its time is over");
    assertEquals(START.plus(BEAT), nextBeat().at());
    Instant last = START;
    for (int i = 0; i < 5; i++) {
      advance(BEAT);
      Beat beat = nextBeat();
      assertTrue(beat.at().isAfter(START.plus(Duration.ofHours(1)).minus(BEAT)), "" + beat);
      assertTrue(beat.at().isAfter(last), "" + beat);
      last = beat.at();
    }
  }

  @Test
  void what_an_operator_sees_of_it_is_the_clue_without_an_answer() throws Exception {
    startGame();
    nextBeat();

    JsonNode shown = awaitStatus(status -> status.path("clue").isObject());
    assertEquals(
        Json.read(
            """
            {"beatSeconds": 20, "at": "2026-03-01T12:00:00Z", "skipped": null,
             "clue": {"clueId": "c1", "question": "Which c1?", "categoryTitle": "Tests"}}""",
            JsonNode.class),
        shown);
  }
}
