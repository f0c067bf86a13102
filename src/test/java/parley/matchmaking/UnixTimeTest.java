package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnixTimeTest {

  @Test
  void a_time_is_seconds_with_its_milliseconds() {
    assertEquals("1772366400.000", UnixTime.of(Instant.parse("2026-03-01T12:00:00Z")));
    assertEquals("1772366400.007", UnixTime.of(Instant.parse("2026-03-01T12:00:00.007999Z")));
    assertEquals("10.500", UnixTime.of(Duration.ofMillis(10_500)));
    assertEquals("0.001", UnixTime.of(Duration.ofMillis(1)));
  }

  @Test
  void each_time_is_read_as_it_was_written() {
    for (int millis = 0; millis < 1_000; millis++) {
      Instant time = Instant.ofEpochMilli(1_772_366_400_000L + millis);
      assertEquals(time, UnixTime.parse(UnixTime.of(time)));
      String score = String.valueOf(new java.math.BigDecimal(time.toEpochMilli() / 1000.0));
      assertEquals(time, UnixTime.parse(score), "as Redis writes a score that is not quite it");
    }
  }

  @Test
  void a_time_without_a_fraction_is_one_too() {
    assertEquals(Instant.parse("2026-03-01T12:00:00Z"), UnixTime.parse("1772366400"));
  }
}
