package parley.trivia;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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

  private final List<ClueSource> sources;
  private final AskedClues asked;

  /**
   * @param sources each is asked only if those before it have nothing that could be asked
   */
  public FreshClues(List<ClueSource> sources, AskedClues asked) {
    this.sources = List.copyOf(sources);
    this.asked = asked;
  }

  /** Empty if there is none now, which the log tells more about. */
  Optional<Clue> next() {
    Set<String> lately = asked.lastIds(LATELY);
    return sources.stream().flatMap(source -> best(source, lately::contains).stream()).findFirst();
  }

  private static Optional<Clue> best(ClueSource source, Predicate<String> lately) {
    Optional<Clue> best = Optional.empty();
    try {
      for (int i = 0; i < TRIES && best.isEmpty(); i++) {
        best = ClueChoice.best(source.candidates(CANDIDATES), lately);
      }
      if (best.isEmpty()) {
        LOG.info("a source has no clue that could be asked now");
      }
    } catch (ClueSourceException e) {
      LOG.log(Level.INFO, "no clue: {0}", e.getMessage());
    }
    return best;
  }
}
