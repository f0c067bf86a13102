package parley.trivia.clues;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Leaves a source alone for a minute after it has failed. */
public final class RestingClueSource implements ClueSource {

  private static final Logger LOG = Logger.getLogger(RestingClueSource.class.getName());

  /** A source that is down often takes long to say so, and the players wait. */
  private static final Duration REST = Duration.ofMinutes(1);

  private final ClueSource source;
  private final Clock clock;
  private volatile Instant restBegan = Instant.EPOCH;

  /**
   * @param clock what the minute is measured with
   */
  public RestingClueSource(ClueSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  @Override
  public List<Clue> candidates(int count) throws ClueSourceException {
    Instant now = clock.instant();
    // One that lies ahead was begun before the clock was set back.
    if (!now.isBefore(restBegan) && now.isBefore(restBegan.plus(REST))) {
      throw new ClueSourceException("the source has failed and is left alone for a while");
    }
    try {
      return source.candidates(count);
    } catch (ClueSourceException e) {
      restBegan = now;
      LOG.log(
          Level.WARNING,
          "a source of clues is left alone for {0} s: {1}",
          new Object[] {REST.toSeconds(), e.getMessage()});
      throw e;
    }
  }
}
