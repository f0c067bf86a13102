package parley.notifications;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.platform.Problem;
import parley.platform.ProblemException;

/**
 * Leaves a service alone that has asked for it, or does not answer. After that one caller asks, and
 * the others wait for what comes of it: whatever has gathered meanwhile does not come all at once.
 */
final class Respite {

  /** After no answer. */
  static final Duration SHORT = Duration.ofSeconds(2);

  /** Where somebody has to do something first. */
  static final Duration LONG = Duration.ofMinutes(1);

  private static final Logger LOG = Logger.getLogger(Respite.class.getName());
  private static final Duration DEFAULT = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Clock clock;
  private volatile Instant end = Instant.EPOCH;

  /** Whether somebody asks if it is well again. */
  private final AtomicBoolean asked = new AtomicBoolean();

  Respite(Clock clock) {
    this.clock = clock;
  }

  /**
   * Makes sure that there is none. Whoever passes calls {@link #begin}, {@link #end} or {@link
   * #unknown} with what came of it.
   *
   * @throws ProblemException 503 with when it ends
   */
  void require() {
    Duration left = Duration.between(clock.instant(), end);
    // More than that, and it is the clock that was set back.
    if (left.compareTo(Duration.ZERO) > 0 && left.compareTo(LONGEST) <= 0) {
      throw problem(left, "it was asked a moment ago");
    }
    if (!end.equals(Instant.EPOCH) && !asked.compareAndSet(false, true)) {
      throw problem(SHORT, "it is being asked");
    }
  }

  /** Begins one; the problem says when it ends. */
  synchronized ProblemException begin(Duration length, String why) {
    Instant now = clock.instant();
    if (!end.isAfter(now)) {
      LOG.log(
          Level.WARNING,
          "the push service is left alone for {0} s: {1}",
          new Object[] {length.toSeconds(), why});
    }
    end = now.plus(length);
    asked.set(false);
    return problem(length, why);
  }

  /** It serves: everybody may ask. */
  void end() {
    end = Instant.EPOCH;
    asked.set(false);
  }

  /** Nothing came of it: the next one asks. */
  void unknown() {
    asked.set(false);
  }

  /** What an answer asks for: seconds or a date, within bounds. */
  static Duration asked(HttpResponse<?> response, Clock clock) {
    String text = response.headers().firstValue("Retry-After").orElse("").strip();
    Duration asked = DEFAULT;
    if (text.matches("\\d{1,9}")) {
      asked = Duration.ofSeconds(Long.parseLong(text));
    } else if (!text.isEmpty()) {
      asked = until(text, clock);
    }
    Duration least = Duration.ofSeconds(1);
    return asked.compareTo(least) < 0 ? least : asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }

  private static Duration until(String date, Clock clock) {
    try {
      Instant end = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(clock.instant(), end);
    } catch (DateTimeException e) {
      return DEFAULT;
    }
  }

  private static ProblemException problem(Duration wait, String why) {
    return new ProblemException(
        Problem.unavailable("the push service").retryAfter(wait), new IllegalStateException(why));
  }
}
