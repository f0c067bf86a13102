package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.RecordedTurns;
import parley.TestWorker;
import parley.local.TestClock;
import parley.local.engine.DurableEngine;
import parley.matchmaking.MatchmakingNames.Cancel;
import parley.matchmaking.MatchmakingNames.ServerReady;
import parley.matchmaking.rules.Ending;
import parley.platform.Json;

/** The orchestrator on the real engine and middleware, with activities that a test scripts. */
class MatchRequestOrchestratorTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID SESSION = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final String SERVER = "203.0.113.7:7777";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final TestClock clock = new TestClock(START.toString());
  private final ScriptedActivities activities = new ScriptedActivities();
  private final UUID player = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private RecordedTurns turns;
  private DurableEngine engine;
  private DurableTaskClient client;

  @BeforeEach
  void start(TestInfo test) throws IOException {
    turns =
        new RecordedTurns(
            TestWorker.of(new MatchRequestOrchestrator(), activities),
            "match-" + test.getTestMethod().orElseThrow().getName());
    engine =
        DurableEngine.start(
            new DurableEngine.Options(folder.resolve("durable.db"), 0, clock), turns);
    client = new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build();
    client.scheduleNewOrchestrationInstance(
        MatchmakingNames.MATCH_REQUEST_ORCHESTRATOR,
        new NewOrchestrationInstanceOptions()
            .setInstanceId(player.toString())
            .setInput(
                Json.tree(
                    new MatchRequest(player, "t1", "Ada", "mode=ranked", 4, START, 60, 7200))));
    turns.await(1);
  }

  @AfterEach
  void stop() {
    client.close();
    engine.close();
  }

  private OrchestrationMetadata status() {
    return client.getInstanceMetadata(player.toString(), true);
  }

  private void advance(Duration duration) {
    clock.advance(duration);
    engine.clockMoved();
  }

  private void raise(String event, Object payload) {
    client.raiseEvent(player.toString(), event, Json.tree(payload));
  }

  /** Moves the time to that of a look, and waits until the next one has its timer. */
  private void look(int number) {
    // A little more: each turn has a time of its own, later than that of the one before.
    advance(Duration.ofSeconds(number == 1 ? 5 : 20).plusMillis(10));
    turns.await(1 + 2 * number);
    assertEquals(number, activities.sought.size());
  }

  private JsonNode output() throws Exception {
    OrchestrationMetadata ended =
        client.waitForInstanceCompletion(player.toString(), PATIENCE, true);
    assertEquals(OrchestrationRuntimeStatus.COMPLETED, ended.getRuntimeStatus());
    return Json.read(ended.getSerializedOutput(), JsonNode.class);
  }

  private static JsonNode matched() {
    return Json.read(
        "{\"status\":\"matched\",\"sessionId\":\"%s\",\"server\":\"%s\"}"
            .formatted(SESSION, SERVER),
        JsonNode.class);
  }

  private static JsonNode ended(String status) {
    return Json.read(
        "{\"status\":\"%s\",\"sessionId\":null,\"server\":null}".formatted(status), JsonNode.class);
  }

  @Test
  void a_server_for_its_ticket_ends_it() throws Exception {
    raise(MatchmakingNames.SERVER_READY, new ServerReady("t1", SESSION, SERVER));

    assertEquals(matched(), output());
    assertEquals(List.of(), activities.left, "the seat was never another");
  }

  @Test
  void a_server_for_an_old_ticket_or_a_broken_event_changes_nothing() throws Exception {
    raise(MatchmakingNames.SERVER_READY, new ServerReady("t0", SESSION, "203.0.113.9:1"));
    raise(MatchmakingNames.SERVER_READY, List.of("nonsense"));
    raise(MatchmakingNames.SERVER_READY, new ServerReady("t1", null, SERVER));
    raise(MatchmakingNames.SERVER_READY, new ServerReady("t1", SESSION, null));
    raise(MatchmakingNames.CANCEL, new Cancel("t0"));
    raise(MatchmakingNames.SERVER_READY, new ServerReady("t1", SESSION, SERVER));

    assertEquals(matched(), output());
  }

  @Test
  void its_time_is_over_when_it_said() throws Exception {
    look(1);
    look(2);
    advance(Duration.ofSeconds(10));
    assertEquals(OrchestrationRuntimeStatus.RUNNING, status().getRuntimeStatus());
    advance(Duration.between(clock.instant(), START.plusSeconds(60)));

    assertEquals(ended("timedOut"), output());
    assertEquals(List.of("timedOut"), activities.left);
  }

  @Test
  void a_match_that_was_made_when_its_time_is_over_counts() throws Exception {
    activities.ending = new Ending.Matched(SESSION, SERVER);
    advance(Duration.ofSeconds(60));

    assertEquals(matched(), output());
  }

  @Test
  void who_cancels_leaves() throws Exception {
    raise(MatchmakingNames.CANCEL, new Cancel("t1"));

    assertEquals(ended("cancelled"), output());
    assertEquals(List.of("cancelled"), activities.left);
  }

  @Test
  void what_an_event_did_not_tell_a_look_finds_out() throws Exception {
    activities.ending = new Ending.Matched(SESSION, SERVER);
    advance(Duration.ofSeconds(5));

    assertEquals(matched(), output());
  }

  @Test
  void a_ticket_that_was_placed_again_gives_its_other_seat_back() throws Exception {
    activities.placedNow = true;
    look(1);
    raise(MatchmakingNames.SERVER_READY, new ServerReady("t1", SESSION, SERVER));

    assertEquals(matched(), output());
    assertEquals(List.of("matched|" + SESSION + "|" + SERVER), activities.left);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void a_recorded_turn_is_answered_as_it_was(int turn) throws Exception {
    RecordedTurns.assertAnsweredAsRecorded(
        TestWorker.of(new MatchRequestOrchestrator(), activities),
        "match-a_ticket_that_was_placed_again_gives_its_other_seat_back-" + turn);
  }
}
