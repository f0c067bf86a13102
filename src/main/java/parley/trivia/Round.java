package parley.trivia;

import java.time.Instant;
import parley.trivia.rules.Beat;

/**
 * How far the game is: what it goes on with, and what operators see. It holds no answer, because
 * whoever may read the orchestration's state could tell it while guesses still count.
 *
 * @param beatSeconds how long each beat lasts
 * @param at when the beat was planned to begin; null before the first
 * @param clue the last that was asked; null if none was
 * @param skipped why this beat has no clue; null if it has one, or is still to get it
 */
record Round(int beatSeconds, Instant at, ShownClue clue, String skipped) {

  /** A clue without its answer. */
  record ShownClue(String clueId, String question, String categoryTitle) {}

  /** The beat that it is at. */
  Beat beat(Instant now) {
    return new Beat(at == null ? now : at, beatSeconds);
  }

  Round asking(Beat beat, ShownClue asked) {
    return new Round(beatSeconds, beat.at(), asked, null);
  }

  Round skipping(Beat beat, String why) {
    return new Round(beatSeconds, beat.at(), clue, why);
  }

  Round before(Beat next) {
    return new Round(beatSeconds, next.at(), clue, null);
  }
}
