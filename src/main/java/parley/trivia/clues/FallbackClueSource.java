package parley.trivia.clues;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Asks one source, and another while the first has nothing. */
public final class FallbackClueSource implements ClueSource {

  private static final Logger LOG = Logger.getLogger(FallbackClueSource.class.getName());

  /** A source that is down often takes long to say so, and the players wait. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final ClueSource first;
  private final ClueSource second;
  private final Clock clock;
  private volatile Instant pauseBegan = Instant.EPOCH;

  /**
   * Asks the first, and after a failure for a minute only the second.
   *
   * @param clock what the minute is measured with
   */
  public FallbackClueSource(ClueSource first, ClueSource second, Clock clock) {
    this.first = first;
    this.second = second;
    this.clock = clock;
  }

  @Override
  public List<Clue> candidates(int count) throws ClueSourceException {
    Instant now = clock.instant();
    // One that lies ahead was begun before the clock was set back.
    boolean paused = !now.isBefore(pauseBegan) && now.isBefore(pauseBegan.plus(PAUSE));
    if (!paused) {
      try {
        return first.candidates(count);
      } catch (ClueSourceException e) {
        pauseBegan = now;
        LOG.log(
            Level.WARNING,
            "clues come from elsewhere for {0} s: {1}",
            new Object[] {PAUSE.toSeconds(), e.getMessage()});
      }
    }
    return second.candidates(count);
  }
}
