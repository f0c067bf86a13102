package parley.local.engine.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.durabletask.TaskFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.local.engine.TestEngine;

/** GET instances/{id}?showHistory=true. */
class HistoryRouteTest extends ApiTest {

  private JsonNode history(String query) throws Exception {
    return json(get("instances/game-1?showHistory=true" + query)).get("historyEvents");
  }

  private static List<String> types(JsonNode history) {
    List<String> types = new ArrayList<>();
    history.forEach(event -> types.add(event.get("EventType").asText()));
    return types;
  }

  /** The history without its times, which are checked to be in order. */
  private static JsonNode timeless(JsonNode history) {
    ArrayNode events = history.deepCopy();
    Instant before = Instant.EPOCH;
    for (JsonNode event : events) {
      Instant at = Instant.parse(event.get("Timestamp").asText());
      assertTrue(at.isAfter(before), history::toPrettyString);
      before = at;
      if (event.has("ScheduledTime")) {
        assertTrue(Instant.parse(event.get("ScheduledTime").asText()).isBefore(at));
      }
      ((ObjectNode) event).remove(List.of("Timestamp", "ScheduledTime", "FireAt"));
    }
    return events;
  }

  private void playGame() throws Exception {
    worker
        .orchestrator(
            "Game",
            ctx -> {
              String greeting = ctx.callActivity("Greet", "Ada", String.class).await();
              try {
                ctx.callActivity("Stumble").await();
              } catch (TaskFailedException expected) {
                ctx.setCustomStatus("stumbled");
              }
              ctx.callSubOrchestrator("Echo", greeting, String.class).await();
              ctx.createTimer(Duration.ofMinutes(1)).await();
              ctx.waitForExternalEvent("go").await();
              ctx.sendEvent("nobody", "hello", "x");
              return greeting;
            })
        .activity("Greet", name -> "\"hello\"")
        .activity(
            "Stumble",
            input -> {
              throw new IllegalStateException("a stone");
            });
    hub().start("Game", "secret", "game-1");
    hub().untilSays("game-1", "stumbled");
    untilTold("TimerCreated");
    hub().advance(Duration.ofMinutes(2));
    untilTold("TimerFired");
    hub().client().raiseEvent("game-1", "go", "secret");
    hub().finished("game-1");
  }

  private void untilTold(String type) {
    TestEngine.until(
        () -> {
          try {
            return types(history("")).contains(type);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void calls_are_told_with_their_answers_and_inputs_are_not_told() throws Exception {
    playGame();

    assertEquals(
        json(
            """
            [{"EventType":"ExecutionStarted","FunctionName":"Game"},
             {"EventType":"TaskCompleted","FunctionName":"Greet"},
             {"EventType":"TaskFailed","FunctionName":"Stumble","Reason":"a stone",
              "FailureDetails":{"ErrorType":"IllegalStateException","ErrorMessage":"a stone"}},
             {"EventType":"SubOrchestrationInstanceCompleted","FunctionName":"Echo"},
             {"EventType":"TimerCreated"},
             {"EventType":"TimerFired"},
             {"EventType":"EventRaised","Name":"go"},
             {"EventType":"EventSent","InstanceId":"nobody","Name":"hello"},
             {"EventType":"ExecutionCompleted","OrchestrationStatus":"Completed"}]"""),
        timeless(history("")));
    assertFalse(history("").toString().contains("secret"));
  }

  @Test
  void results_are_told_if_they_are_asked_for() throws Exception {
    playGame();

    JsonNode history = timeless(history("&showHistoryOutput=true"));

    assertEquals("hello", history.get(1).get("Result").asText());
    assertFalse(history.get(2).has("Result"));
    assertEquals("hello", history.get(3).get("Result").asText());
    assertEquals("hello", history.get(8).get("Result").asText());
  }

  @Test
  void a_call_without_an_answer_is_told_as_it_stands() throws Exception {
    worker.orchestrator(
        "Parent", ctx -> ctx.callSubOrchestrator("Wait", null, "child", Integer.class).await());
    hub().start("Parent", null, "game-1");
    hub().client().waitForInstanceStart("child", TestEngine.PATIENCE);

    assertEquals(
        json(
            """
            [{"EventType":"ExecutionStarted","FunctionName":"Parent"},
             {"EventType":"SubOrchestrationInstanceCreated","Name":"Wait","InstanceId":"child"}]"""),
        timeless(history("")));
  }

  @Test
  void a_failure_and_a_termination_are_told() throws Exception {
    ended("game-1", "Fail");
    JsonNode end = history("").get(1);
    assertEquals("Failed", end.get("OrchestrationStatus").asText());
    assertEquals("lost", end.get("Reason").asText());

    terminated("game-1");
    assertEquals(List.of("ExecutionStarted", "ExecutionTerminated"), types(history("")));
  }
}
