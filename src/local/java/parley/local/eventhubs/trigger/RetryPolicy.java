package parley.local.eventhubs.trigger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often and when a function that has failed is called again with the same events.
 *
 * @param most how many times; -1 for ever
 * @param first the wait before the first time
 * @param longest what waits grow to, each being twice the last; equal to {@code first} if they do
 *     not grow
 */
record RetryPolicy(int most, Duration first, Duration longest) {

  /** For a function without an annotation: its events are given up, as Azure does. */
  static final RetryPolicy NONE = new RetryPolicy(0, Duration.ZERO, Duration.ZERO);

  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,4})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,3})\\d*)?");

  /**
   * Reads the values of a retry annotation, by name.
   *
   * @throws IllegalArgumentException if one of them cannot be read
   */
  static RetryPolicy of(Map<String, Object> annotation) {
    if (annotation.isEmpty()) {
      return NONE;
    }
    int most = (int) annotation.get("maxRetryCount");
    if (annotation.containsKey("delayInterval")) {
      Duration delay = time(annotation, "delayInterval");
      return new RetryPolicy(most, delay, delay);
    }
    return new RetryPolicy(
        most, time(annotation, "minimumInterval"), time(annotation, "maximumInterval"));
  }

  /**
   * The wait before a retry; empty if there is no such retry.
   *
   * @param retry counted from 1
   */
  Optional<Duration> before(int retry) {
    if (most >= 0 && retry > most) {
      return Optional.empty();
    }
    // Twenty doublings of a second are twelve days.
    Duration wait = first.multipliedBy(1L << Math.min(retry - 1, 20));
    return Optional.of(wait.compareTo(longest) < 0 ? wait : longest);
  }

  private static Duration time(Map<String, Object> annotation, String name) {
    String text = String.valueOf(annotation.get(name));
    Matcher match = TIME.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "%s of its retries is \"%s\", not hh:mm:ss".formatted(name, text));
    }
    return Duration.ofDays(number(match, 1))
        .plusHours(number(match, 2))
        .plusMinutes(number(match, 3))
        .plusSeconds(number(match, 4))
        .plusMillis(
            match.group(5) == null ? 0 : Long.parseLong((match.group(5) + "00").substring(0, 3)));
  }

  private static long number(Matcher match, int group) {
    return match.group(group) == null ? 0 : Long.parseLong(match.group(group));
  }
}
