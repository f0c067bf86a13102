package parley.trivia;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import parley.platform.Json;
import parley.trivia.Round.ShownClue;
import parley.trivia.TriviaActivities.Sent;
import parley.trivia.rules.Beat;

/** Stands in for the game's activity: a test says what becomes of a beat, and sees each. */
public final class ScriptedActivities {

  final BlockingQueue<Beat> beats = new LinkedBlockingQueue<>();
  volatile Function<Beat, Sent> script = beat -> sent("c1");

  static Sent sent(String clueId) {
    return new Sent(new ShownClue(clueId, "Which " + clueId + "?", "Tests"), null);
  }

  @FunctionName(TriviaNames.GET_AND_SEND_CLUE)
  public String getAndSendClue(@DurableActivityTrigger(name = "beat") String json) {
    Beat beat = Json.read(json, Beat.class);
    try {
      return Json.write(script.apply(beat));
    } finally {
      // Last, so that whoever sees it may change the script for the next one.
      beats.add(beat);
    }
  }
}
