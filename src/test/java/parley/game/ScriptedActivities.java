package parley.game;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import parley.game.GameState.Applied;
import parley.game.GameState.EventToApply;
import parley.game.rules.GameSession.Status;
import parley.platform.Json;

/** Stands in for a game's activities: a test says what the row is, and sees what was asked. */
public final class ScriptedActivities {

  final List<EventToApply> asked = new CopyOnWriteArrayList<>();
  final BlockingQueue<EventToApply> arrivals = new LinkedBlockingQueue<>();
  volatile Function<EventToApply, GameState> row = event -> state(1, Status.MATCHMAKING, null);

  static GameState state(long version, Status status, Instant deadline) {
    record Shown(long version) {}
    return new GameState(version, status, deadline, null, Json.tree(new Shown(version)));
  }

  @FunctionName(GameNames.APPLY_EVENT)
  public String applyEvent(@DurableActivityTrigger(name = "event") String json) {
    EventToApply event = Json.read(json, EventToApply.class);
    try {
      return Json.write(new Applied(row.apply(event)));
    } finally {
      // Last, so that whoever sees it arrive may change the row for the next one.
      asked.add(event);
      arrivals.add(event);
    }
  }
}
