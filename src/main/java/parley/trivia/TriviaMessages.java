package parley.trivia;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.microsoft.azure.functions.signalr.SignalRMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import parley.platform.Json;
import parley.trivia.clues.Clue;

/** What clients are sent, name for name as the page that was published for this game reads it. */
final class TriviaMessages {

  private TriviaMessages() {}

  /**
   * A clue whose beat is over, with its answer.
   *
   * @param partitionKey the clue's id once more, under the name by which the page looks for it
   */
  record PreviousClue(
      @JsonProperty("PartitionKey") String partitionKey,
      String clueId,
      String question,
      String answer,
      String categoryTitle,
      int value) {}

  /**
   * A clue to guess at.
   *
   * @param estimatedTimeRemaining milliseconds until its beat ends
   */
  record NextClue(
      String clueId, String question, String categoryTitle, long estimatedTimeRemaining) {

    /** As it stands at some moment of its beat. */
    static NextClue at(Instant now, AskedClue asked) {
      Clue clue = asked.clue();
      long left = Math.max(0, Duration.between(now, asked.beat().end()).toMillis());
      return new NextClue(clue.clueId(), clue.question(), clue.categoryTitle(), left);
    }
  }

  /**
   * A beat begins.
   *
   * @param previousClue the clue before it; an empty object if there was none, because the page
   *     looks into it
   */
  record NewClue(Object previousClue, NextClue nextClue) {}

  /** Somebody has guessed. */
  record NewGuess(String clueId, @JsonProperty("isCorrect") boolean correct) {}

  /**
   * Tells everybody a clue. Made of what was put down alone, so that it is the same however often
   * it is made.
   */
  static SignalRMessage newClue(Optional<AskedClue> previous, AskedClue asked) {
    Object before = previous.<Object>map(found -> previousClue(found.clue())).orElse(Map.of());
    return new SignalRMessage(
        TriviaNames.NEW_CLUE, argument(new NewClue(before, NextClue.at(asked.askedAt(), asked))));
  }

  static SignalRMessage newGuess(String clueId, boolean correct) {
    return new SignalRMessage(TriviaNames.NEW_GUESS, argument(new NewGuess(clueId, correct)));
  }

  private static PreviousClue previousClue(Clue clue) {
    return new PreviousClue(
        clue.clueId(),
        clue.clueId(),
        clue.question(),
        clue.answer(),
        clue.categoryTitle(),
        clue.value());
  }

  /** As maps and plain values, which the worker writes as they are. */
  private static Map<String, Object> argument(Object value) {
    return Json.readObject(Json.write(value));
  }
}
