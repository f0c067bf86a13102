package parley.matchmaking;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import parley.matchmaking.MatchmakingActivities.Leave;
import parley.matchmaking.MatchmakingActivities.Outcome;
import parley.matchmaking.rules.Ending;
import parley.platform.Json;

/** Stands in for what a match request has done: a test says what Redis knows. */
public final class ScriptedActivities {

  /** How often the ticket was looked for. */
  final List<MatchRequest> sought = new CopyOnWriteArrayList<>();

  /** How it was to leave. */
  final List<String> left = new CopyOnWriteArrayList<>();

  /** What is found; searching, if null. */
  volatile Ending ending;

  volatile boolean placedNow;

  @FunctionName(MatchmakingNames.SEEK_MATCH)
  public String seekMatch(@DurableActivityTrigger(name = "request") String json) {
    sought.add(Json.read(json, MatchRequest.class));
    return Json.write(
        ending == null ? new Outcome("searching", null, null, placedNow) : Outcome.of(ending));
  }

  @FunctionName(MatchmakingNames.LEAVE_QUEUE)
  public String leaveQueue(@DurableActivityTrigger(name = "leave") String json) {
    Leave leave = Json.read(json, Leave.class);
    left.add(leave.how());
    return Json.write(Outcome.of(ending == null ? Ending.of(leave.how()) : ending));
  }
}
