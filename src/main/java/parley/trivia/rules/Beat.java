package parley.trivia.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One round of the game: a clue is asked when it begins, and guesses count until it ends.
 *
 * @param at when it is planned to begin, in whole milliseconds; it may begin later, and ends at its
 *     planned end all the same
 * @param seconds how long it lasts, at least 1
 */
public record Beat(Instant at, int seconds) {

  public Beat {
    if (seconds < 1) {
      throw new IllegalArgumentException("a beat lasts at least a second, got " + seconds);
    }
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  public Instant end() {
    return at.plusSeconds(seconds);
  }

  public boolean isOver(Instant now) {
    return !now.isBefore(end());
  }

  /** Whether there is too little time left to begin it. */
  public boolean isTooLate(Instant now) {
    return now.isAfter(at.plusMillis(seconds * 500L));
  }

  /**
   * The beat to go on with: planned a whole number of beats after this one, so that beats do not
   * drift, and not too late to begin, so that missed ones are not made up for one after the other.
   */
  public Beat next(Instant now) {
    long length = seconds * 1_000L;
    long elapsed = Duration.between(at, now).toMillis();
    long beats = Math.max(1, (elapsed + length / 2) / length);
    return new Beat(at.plusMillis(beats * length), seconds);
  }
}
