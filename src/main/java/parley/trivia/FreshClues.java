package parley.trivia;

import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.trivia.clues.Clue;
import parley.trivia.clues.ClueChoice;
import parley.trivia.clues.ClueSource;
import parley.trivia.clues.ClueSourceException;

/** Finds the clue for a beat: the best of a few, and none that was asked lately. */
public final class FreshClues {

  private static final Logger LOG = Logger.getLogger(FreshClues.class.getName());

  private static final int CANDIDATES = 6;

  /** Of a few at random none may be fit to be asked. */
  private static final int TRIES = 3;

  /** Less than half of what ships with the app, so that enough others are always left. */
  private static final int LATELY = 100;

  private final ClueSource source;
  private final AskedClues asked;

  public FreshClues(ClueSource source, AskedClues asked) {
    this.source = source;
    this.asked = asked;
  }

  /** Empty if there is none now, which the log tells more about. */
  Optional<Clue> next() {
    Set<String> lately = asked.lastIds(LATELY);
    Optional<Clue> best = Optional.empty();
    try {
      for (int i = 0; i < TRIES && best.isEmpty(); i++) {
        best = ClueChoice.best(source.candidates(CANDIDATES), lately::contains);
      }
    } catch (ClueSourceException e) {
      LOG.log(Level.WARNING, "no clue: {0}", e.getMessage());
    }
    return best;
  }
}
