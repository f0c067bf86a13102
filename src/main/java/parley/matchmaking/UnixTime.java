package parley.matchmaking;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** Times as Redis has them: UNIX seconds with a fraction, a score's not quite exact. */
final class UnixTime {

  private UnixTime() {}

  static String of(Instant time) {
    return seconds(time.toEpochMilli());
  }

  static String of(Duration duration) {
    return seconds(duration.toMillis());
  }

  static Instant parse(String seconds) {
    BigDecimal millis = new BigDecimal(seconds).movePointRight(3);
    return Instant.ofEpochMilli(millis.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString();
  }
}
