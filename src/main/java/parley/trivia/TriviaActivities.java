package parley.trivia;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.signalr.SignalRMessage;
import com.microsoft.azure.functions.signalr.annotation.SignalROutput;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.platform.Json;
import parley.trivia.Round.ShownClue;
import parley.trivia.clues.Clue;
import parley.trivia.rules.Beat;

/** What the game has done for it. It may be done twice and sends the same. */
public final class TriviaActivities {

  private static final Logger LOG = Logger.getLogger(TriviaActivities.class.getName());

  private final FreshClues clues;
  private final AskedClues asked;
  private final Clock clock;

  public TriviaActivities(FreshClues clues, AskedClues asked, Clock clock) {
    this.clues = clues;
    this.asked = asked;
    this.clock = clock;
  }

  /**
   * What has become of a beat.
   *
   * @param clue what was sent; null if the beat is skipped
   * @param skipped why it is; null if it is not
   */
  record Sent(ShownClue clue, String skipped) {}

  /** Puts down a clue for a {@link Beat} and sends it to everybody, with the answer of the last. */
  @FunctionName(TriviaNames.GET_AND_SEND_CLUE)
  public String getAndSendClue(
      @DurableActivityTrigger(name = "beat") String json,
      @SignalROutput(
              name = "message",
              connectionStringSetting = TriviaNames.SIGNALR,
              hubName = TriviaNames.HUB)
          OutputBinding<SignalRMessage> message) {
    Beat beat = Json.read(json, Beat.class);
    Instant now = clock.instant();
    if (beat.isOver(now)) {
      return skip(beat, "its time is over");
    }
    Optional<AskedClue> last = asked.last();
    Optional<AskedClue> next = last.filter(clue -> clue.beat().at().equals(beat.at()));
    if (next.isEmpty()) {
      if (last.filter(clue -> hasBegunSince(beat, clue.beat(), now)).isPresent()) {
        return skip(beat, "another has begun");
      }
      Optional<Clue> fresh = clues.next();
      if (fresh.isEmpty()) {
        return skip(beat, "no source gave a clue");
      }
      // Asked here, because a source may take its time.
      Instant then = clock.instant();
      if (beat.isTooLate(then)) {
        return skip(beat, "too little of its time is left");
      }
      next = fresh.map(clue -> asked.ask(beat, clue, then));
    }
    message.setValue(TriviaMessages.newClue(asked.before(next.get()), next.get()));
    Clue clue = next.get().clue();
    return Json.write(
        new Sent(new ShownClue(clue.clueId(), clue.question(), clue.categoryTitle()), null));
  }

  /** A game that was stopped may have a beat under way when it is started again. */
  private static boolean hasBegunSince(Beat beat, Beat other, Instant now) {
    return other.at().isAfter(beat.at()) && !other.at().isAfter(now);
  }

  private static String skip(Beat beat, String why) {
    LOG.log(Level.WARNING, "the beat of {0} is skipped: {1}", new Object[] {beat.at(), why});
    return Json.write(new Sent(null, why));
  }
}
