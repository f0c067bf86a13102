package parley.game;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskOrchestrationContext;
import com.microsoft.durabletask.azurefunctions.DurableOrchestrationTrigger;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import parley.game.GameState.Applied;
import parley.game.GameState.EventToApply;
import parley.platform.Json;
import parley.platform.Retries;

/**
 * Watches over one session; the instance id is the session's. It sleeps until an event or the
 * deadline wakes it, has the event applied to the row, and continues as new with what the row is
 * then. The row is the truth: an event that is lost, repeated or late changes nothing here.
 */
public final class GameOrchestrator {

  private static final Duration NOT_YET = Duration.ofSeconds(1);

  /** Ends when the session does; its output is the session, as a text of JSON. */
  @FunctionName(GameNames.GAME_ORCHESTRATOR)
  public String playGame(
      @DurableOrchestrationTrigger(name = "context") TaskOrchestrationContext context) {
    JsonNode input = context.getInput(JsonNode.class);
    boolean begun = input != null && input.has("version");
    GameState known = begun ? Json.convert(input, GameState.class) : load(context);
    if (known == null) {
      return "there is no such session";
    }
    context.setCustomStatus(known.shown());
    if (!known.over()) {
      GameState next = new Watch(context, known).untilItChanges();
      context.setCustomStatus(next.shown());
      if (!next.over()) {
        context.continueAsNew(Json.tree(next));
      }
      known = next;
    }
    return known.shown().toString();
  }

  private static GameState load(TaskOrchestrationContext context) {
    return apply(context, null, GameNames.WAKE, null);
  }

  /** Has an event applied, and players told; returns the session as it then stands. */
  private static GameState apply(
      TaskOrchestrationContext context, GameState known, String event, JsonNode payload) {
    UUID sessionId = UUID.fromString(context.getInstanceId());
    long version = known == null ? 0 : known.version();
    EventToApply asked = new EventToApply(sessionId, event, payload, version);
    String answer =
        context
            .callActivity(GameNames.APPLY_EVENT, Json.tree(asked), Retries.PATIENT, String.class)
            .await();
    GameState state = Json.read(answer, Applied.class).state();
    if (state == null && known != null) {
      throw new IllegalStateException("the row of session " + sessionId + " is gone");
    }
    return state;
  }

  /** One generation: the waits, each made once, and the deadline. */
  private static final class Watch {
    private final TaskOrchestrationContext context;
    private final GameState known;
    private final Map<String, Task<JsonNode>> events = new LinkedHashMap<>();
    private GameState state;
    private Task<Void> deadline;
    private Task<Void> reminder;

    Watch(TaskOrchestrationContext context, GameState known) {
      this.context = context;
      this.known = known;
      this.state = known;
      GameNames.EVENTS.forEach(this::expect);
      if (known.turnDeadline() != null) {
        deadline = context.createTimer(known.turnDeadline().atZone(ZoneOffset.UTC));
      }
      if (known.remindAt() != null) {
        reminder = context.createTimer(known.remindAt().atZone(ZoneOffset.UTC));
      }
    }

    /** Returns once the session has changed and no wait holds an event that would be lost. */
    GameState untilItChanges() {
      while (true) {
        while (handleOne()) {
          // Each handled event may have let others arrive.
        }
        if (changed()) {
          return state;
        }
        List<Task<?>> waits = new ArrayList<>(events.values());
        if (deadline != null) {
          waits.add(deadline);
        }
        if (reminder != null) {
          waits.add(reminder);
        }
        context.anyOf(waits).await();
      }
    }

    /** Handles the first wait that is done; false if none is. */
    private boolean handleOne() {
      for (String name : GameNames.EVENTS) {
        Task<JsonNode> wait = events.get(name);
        if (wait != null && wait.isDone()) {
          events.remove(name);
          JsonNode payload = wait.await();
          if (!passed(name, payload)) {
            state = apply(context, state, name, payload);
          }
          if (!changed()) {
            expect(name);
          }
          return true;
        }
      }
      if (deadline != null && deadline.isDone()) {
        deadline = null;
        state = apply(context, state, GameNames.WAKE, null);
        if (!changed()) {
          // The app's clock is behind the timer's.
          deadline = context.createTimer(NOT_YET);
        }
        return true;
      }
      if (reminder != null && reminder.isDone()) {
        reminder = null;
        state = apply(context, state, GameNames.WAKE, null);
        return true;
      }
      return false;
    }

    private void expect(String name) {
      events.put(name, context.waitForExternalEvent(name, JsonNode.class));
    }

    private boolean changed() {
      return state.version() != known.version();
    }

    /** Whether the event tells of a version that is known; a wake asks about the very version. */
    private boolean passed(String name, JsonNode payload) {
      OptionalLong version = GameEvents.version(payload);
      long passed = name.equals(GameNames.WAKE) ? state.version() - 1 : state.version();
      return version.isPresent() && version.getAsLong() <= passed;
    }
  }
}
