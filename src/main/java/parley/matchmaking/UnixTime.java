package parley.matchmaking;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Times as Redis has them: UNIX seconds with a fraction. */
final class UnixTime {

  private UnixTime() {}

  static String of(Instant time) {
    return seconds(time.toEpochMilli());
  }

  static String of(Duration duration) {
    return seconds(duration.toMillis());
  }

  static Instant parse(String seconds) {
    return Instant.ofEpochMilli(new BigDecimal(seconds).movePointRight(3).longValue());
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }
}
