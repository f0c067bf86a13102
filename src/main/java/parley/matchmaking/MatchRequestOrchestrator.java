package parley.matchmaking;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskOrchestrationContext;
import com.microsoft.durabletask.azurefunctions.DurableOrchestrationTrigger;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import parley.matchmaking.MatchmakingActivities.Leave;
import parley.matchmaking.MatchmakingActivities.Outcome;
import parley.matchmaking.rules.Ending;
import parley.platform.Guid;
import parley.platform.Json;
import parley.platform.Retries;

/**
 * A player's request for a match; the instance id is the player's. It waits for a server, for the
 * player to give up, or for its time to be over, and looks now and then whether Redis still knows
 * its ticket.
 */
public final class MatchRequestOrchestrator {

  /** By then an event that was to queue the ticket has come, or will not. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(5);

  private static final Duration NEXT_LOOK = Duration.ofSeconds(20);

  /** Its output is {@code {status, sessionId, server}}. */
  @FunctionName(MatchmakingNames.MATCH_REQUEST_ORCHESTRATOR)
  public JsonNode findMatch(
      @DurableOrchestrationTrigger(name = "context") TaskOrchestrationContext context) {
    MatchRequest request = Json.convert(context.getInput(JsonNode.class), MatchRequest.class);
    return Json.tree(new Search(context, request).untilItEnds());
  }

  private static final class Search {
    private final TaskOrchestrationContext context;
    private final MatchRequest request;
    private final Task<Void> deadline;
    private Task<JsonNode> ready;
    private Task<JsonNode> cancel;
    private Task<Void> look;

    /** Whether Redis had lost the ticket once, so that it may have a seat twice over. */
    private boolean placedAgain;

    Search(TaskOrchestrationContext context, MatchRequest request) {
      this.context = context;
      this.request = request;
      deadline = context.createTimer(request.deadline().atZone(ZoneOffset.UTC));
      ready = context.waitForExternalEvent(MatchmakingNames.SERVER_READY, JsonNode.class);
      cancel = context.waitForExternalEvent(MatchmakingNames.CANCEL, JsonNode.class);
      look = context.createTimer(FIRST_LOOK);
    }

    Outcome untilItEnds() {
      while (true) {
        context.anyOf(ready, cancel, deadline, look).await();
        Optional<Outcome> outcome = step();
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
    }

    /** Handles the first wait that is done. */
    private Optional<Outcome> step() {
      if (ready.isDone()) {
        Optional<Outcome> match = match(ready.await());
        if (match.isEmpty()) {
          ready = context.waitForExternalEvent(MatchmakingNames.SERVER_READY, JsonNode.class);
        }
        return match;
      }
      if (cancel.isDone()) {
        if (names(cancel.await())) {
          return Optional.of(leave(new Ending.Cancelled()));
        }
        cancel = context.waitForExternalEvent(MatchmakingNames.CANCEL, JsonNode.class);
        return Optional.empty();
      }
      if (deadline.isDone()) {
        return Optional.of(leave(new Ending.TimedOut()));
      }
      Outcome sought = call(MatchmakingNames.SEEK_MATCH, request);
      if (sought.ended()) {
        return Optional.of(sought);
      }
      placedAgain |= sought.placedNow();
      look = context.createTimer(NEXT_LOOK);
      return Optional.empty();
    }

    /** What the event brings, if it is for this ticket and whole: operators may raise it too. */
    private Optional<Outcome> match(JsonNode event) {
      Optional<UUID> session = Guid.of(event == null ? "" : event.path("sessionId").asText());
      if (!names(event) || session.isEmpty() || !event.path("server").isTextual()) {
        return Optional.empty();
      }
      Ending match = new Ending.Matched(session.get(), event.path("server").textValue());
      if (placedAgain) {
        // It names the seat that was lost, or the one that came for it: the other is given back.
        leave(match);
      }
      return Optional.of(Outcome.of(match));
    }

    private Outcome leave(Ending how) {
      return call(MatchmakingNames.LEAVE_QUEUE, new Leave(request, how.text()));
    }

    private boolean names(JsonNode event) {
      return event != null && request.ticketId().equals(event.path("ticketId").textValue());
    }

    private Outcome call(String activity, Object input) {
      return Json.read(
          context.callActivity(activity, Json.tree(input), Retries.PATIENT, String.class).await(),
          Outcome.class);
    }
  }
}
