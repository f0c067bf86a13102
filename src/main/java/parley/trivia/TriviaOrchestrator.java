package parley.trivia;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.RetryPolicy;
import com.microsoft.durabletask.TaskFailedException;
import com.microsoft.durabletask.TaskOptions;
import com.microsoft.durabletask.TaskOrchestrationContext;
import com.microsoft.durabletask.azurefunctions.DurableOrchestrationTrigger;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.platform.Json;
import parley.trivia.TriviaActivities.Sent;
import parley.trivia.rules.Beat;

/**
 * The one game, which goes on until it is stopped: at each beat it has a clue asked, waits for the
 * next and continues as new. A beat without a clue is waited through like any other.
 */
public final class TriviaOrchestrator {

  private static final Logger LOG = Logger.getLogger(TriviaOrchestrator.class.getName());

  @FunctionName(TriviaNames.TRIVIA_ORCHESTRATOR)
  public void playTrivia(
      @DurableOrchestrationTrigger(name = "context") TaskOrchestrationContext context) {
    Round round = Json.convert(context.getInput(JsonNode.class), Round.class);
    Beat beat = round.beat(context.getCurrentInstant());
    Round played = play(context, round, beat);
    context.setCustomStatus(Json.tree(played));
    Beat next = beat.next(context.getCurrentInstant());
    context.createTimer(next.at().atZone(ZoneOffset.UTC)).await();
    context.continueAsNew(Json.tree(played.before(next)));
  }

  private static Round play(TaskOrchestrationContext context, Round round, Beat beat) {
    try {
      String answer =
          context
              .callActivity(
                  TriviaNames.GET_AND_SEND_CLUE,
                  Json.tree(beat),
                  withinABeat(beat.seconds()),
                  String.class)
              .await();
      Sent sent = Json.read(answer, Sent.class);
      return sent.clue() == null
          ? round.skipping(beat, sent.skipped())
          : round.asking(beat, sent.clue());
    } catch (TaskFailedException e) {
      if (!context.getIsReplaying()) {
        LOG.log(
            Level.WARNING,
            "the beat of {0} is skipped, its clue was not sent: {1}",
            new Object[] {beat.at(), e.getMessage()});
      }
      return round.skipping(beat, "the clue could not be sent");
    }
  }

  /**
   * Tried again within the first half of the beat: after that there is too little time to guess.
   */
  private static TaskOptions withinABeat(int seconds) {
    return new TaskOptions(
        new RetryPolicy(10, Duration.ofMillis(250))
            .setBackoffCoefficient(1.5)
            .setRetryTimeout(Duration.ofMillis(seconds * 500L)));
  }
}
