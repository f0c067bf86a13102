package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import parley.notifications.NotificationActivities.Step;
import parley.notifications.NotificationNames.Deliver;
import parley.notifications.NotificationNames.Received;
import parley.platform.Json;

/** The orchestrator on the real engine and middleware, with activities that a test scripts. */
class NotificationOrchestratorTest {

  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000003");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final ScriptedActivities activities = new ScriptedActivities();
  private RecordedTurns turns;
  private DurableEngine engine;
  private DurableTaskClient client;

  @BeforeEach
  void start(TestInfo test) throws IOException {
    turns =
        new RecordedTurns(
            TestWorker.of(new NotificationOrchestrator(), activities),
            "notification-" + test.getTestMethod().orElseThrow().getName());
    engine =
        DurableEngine.start(
            new DurableEngine.Options(folder.resolve("durable.db"), 0, clock), turns);
    client = new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    engine.close();
  }

  /** Returns once it waits for the word that the notification was shown. */
  private void deliver() {
    begin();
    turns.await(2);
  }

  private void begin() {
    client.scheduleNewOrchestrationInstance(
        NotificationNames.NOTIFICATION_ORCHESTRATOR,
        new NewOrchestrationInstanceOptions()
            .setInstanceId(ID.toString())
            .setInput(Json.tree(new Deliver(5))));
  }

  private void received() {
    client.raiseEvent(ID.toString(), NotificationNames.RECEIVED, Json.tree(new Received(ID)));
  }

  private void advance(Duration duration) {
    // A little more: each turn has a time of its own, later than that of the one before.
    clock.advance(duration.plusMillis(10));
    engine.clockMoved();
  }

  private String output() throws Exception {
    OrchestrationMetadata ended = client.waitForInstanceCompletion(ID.toString(), PATIENCE, true);
    assertEquals(OrchestrationRuntimeStatus.COMPLETED, ended.getRuntimeStatus());
    return ended.readOutputAs(String.class);
  }

  private void expectDone(String... steps) {
    assertEquals(
        List.of(steps), activities.done.stream().map(step -> step.replace(" " + ID, "")).toList());
  }

  @Test
  void what_was_shown_ends_it() throws Exception {
    deliver();
    received();

    assertEquals("received", output());
    expectDone("send");
  }

  @Test
  void what_nobody_has_shown_in_time_is_cancelled_and_then_pushed() throws Exception {
    deliver();
    advance(Duration.ofSeconds(4));
    expectDone("send");
    advance(Duration.ofSeconds(1));

    assertEquals("pushed", output());
    expectDone("send", "cancel", "push to [apns, fcmv1]");
  }

  @Test
  void what_the_row_says_was_shown_is_not_pushed_though_no_event_has_come() throws Exception {
    activities.cancel = Step.over(NotificationStatus.RECEIVED);
    deliver();
    advance(Duration.ofSeconds(5));

    assertEquals("received", output());
    expectDone("send", "cancel");
  }

  @Test
  void what_is_no_longer_true_is_neither_sent_nor_waited_for() throws Exception {
    activities.send = () -> Step.over(NotificationStatus.DROPPED);
    begin();

    assertEquals("dropped", output());
    expectDone("send");
  }

  @Test
  void what_could_not_be_sent_is_waited_for_all_the_same_and_then_pushed() throws Exception {
    activities.send =
        () -> {
          throw new IllegalStateException("the SignalR service does not answer");
        };
    begin();
    turns.await(2);
    advance(Duration.ofMillis(500));
    turns.await(4);
    advance(Duration.ofMillis(500));
    turns.await(6);
    expectDone("send", "send", "send");
    advance(Duration.ofSeconds(5));

    assertEquals("pushed", output());
    expectDone("send", "send", "send", "cancel", "push to [apns, fcmv1]");
  }

  @Test
  void a_push_is_tried_again_for_the_platforms_that_are_left() throws Exception {
    pushToAppleIsLeft();
    advance(Duration.ofSeconds(6));
    expectDone("send", "cancel", "push to [apns, fcmv1]");
    activities.push = Step.over(NotificationStatus.PUSHED);
    advance(Duration.ofSeconds(1));

    assertEquals("pushed", output());
    expectDone("send", "cancel", "push to [apns, fcmv1]", "push to [apns] as well");
  }

  @Test
  void what_is_shown_while_a_push_waits_is_not_pushed_any_more() throws Exception {
    pushToAppleIsLeft();
    received();

    assertEquals("received", output());
    expectDone("send", "cancel", "push to [apns, fcmv1]");
  }

  /** The start, the answers of three activities, and the end of the wait for the receipt. */
  private void pushToAppleIsLeft() {
    activities.push =
        new Step(NotificationStatus.CANCELLED, false, Set.of(Platform.APNS), true, 7_000);
    deliver();
    advance(Duration.ofSeconds(5));
    turns.await(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void a_recorded_turn_is_answered_as_it_was(int turn) throws Exception {
    RecordedTurns.assertAnsweredAsRecorded(
        TestWorker.of(new NotificationOrchestrator(), activities),
        "notification-a_push_is_tried_again_for_the_platforms_that_are_left-" + turn);
  }
}
