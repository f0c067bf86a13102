package parley.matchmaking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.util.UUID;
import parley.matchmaking.Tickets.Sought;
import parley.matchmaking.rules.Ending;
import parley.platform.Json;

/** What a match request has done for it. Each may be done twice and comes to the same. */
public final class MatchmakingActivities {

  private final Tickets tickets;
  private final HandOver handOver;

  public MatchmakingActivities(Tickets tickets, HandOver handOver) {
    this.tickets = tickets;
    this.handOver = handOver;
  }

  /**
   * What has become of a request, and its orchestration's output once it has ended.
   *
   * @param status {@code searching}, or how it ended
   * @param placedNow whether it has a seat only since this step
   */
  record Outcome(
      String status,
      UUID sessionId,
      String server,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean placedNow) {

    static Outcome of(Ending ending) {
      if (ending instanceof Ending.Matched matched) {
        return new Outcome("matched", matched.sessionId(), matched.server(), false);
      }
      // A ticket that was refused never had a request; if it has one all the same, it is off.
      String status = ending instanceof Ending.TimedOut ? "timedOut" : "cancelled";
      return new Outcome(status, null, null, false);
    }

    boolean ended() {
      return !status.equals("searching");
    }
  }

  /**
   * Asks that a ticket leave the queue.
   *
   * @param how the {@link Ending#text} of its ending
   */
  record Leave(MatchRequest request, String how) {}

  /** Sees to it that a ticket has a seat; takes a {@link MatchRequest}. */
  @FunctionName(MatchmakingNames.SEEK_MATCH)
  public String seekMatch(@DurableActivityTrigger(name = "request") String json) {
    Sought sought = tickets.seek(Json.read(json, MatchRequest.class));
    if (sought.placedNow()) {
      handOver.run();
    }
    return Json.write(
        sought.ended() == null
            ? new Outcome("searching", null, null, sought.placedNow())
            : Outcome.of(sought.ended()));
  }

  /** Takes a ticket out of the queue, or tells how it had ended; takes a {@link Leave}. */
  @FunctionName(MatchmakingNames.LEAVE_QUEUE)
  public String leaveQueue(@DurableActivityTrigger(name = "leave") String json) {
    Leave leave = Json.read(json, Leave.class);
    MatchRequest request = leave.request();
    Ending ending =
        tickets.leave(
            request.playerId(),
            request.ticketId(),
            Ending.of(leave.how()),
            request.rememberSeconds());
    return Json.write(Outcome.of(ending));
  }
}
