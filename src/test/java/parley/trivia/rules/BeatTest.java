package parley.trivia.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeatTest {

  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private final Beat beat = new Beat(AT, 20);

  @ParameterizedTest(name = "{0} ms after it began: {1} s after its plan")
  @CsvSource({
    "0, 20",
    "20, 20",
    "20000, 20",
    "20300, 20",
    "29999, 20",
    "30000, 40",
    "40000, 40",
    "49999, 40",
    "3600000, 3600",
    "3610000, 3620",
    "-5000, 20"
  })
  void the_next_is_planned_whole_beats_later_and_not_too_late_to_begin(long elapsed, long later) {
    Beat next = beat.next(AT.plusMillis(elapsed));

    assertEquals(new Beat(AT.plusSeconds(later), 20), next);
    assertFalse(next.isTooLate(AT.plusMillis(elapsed)));
  }

  @Test
  void ten_thousand_late_beats_do_not_drift() {
    Beat last = beat;
    for (int i = 0; i < 10_000; i++) {
      last = last.next(last.at().plusMillis(20 + i % 9_000));
    }

    assertEquals(AT.plus(Duration.ofSeconds(20 * 10_000)), last.at());
  }

  @Test
  void it_is_over_at_its_end_and_too_late_to_begin_after_its_half() {
    assertFalse(beat.isOver(AT.plusMillis(19_999)));
    assertTrue(beat.isOver(AT.plusMillis(20_000)));
    assertFalse(beat.isTooLate(AT.plusMillis(10_000)));
    assertTrue(beat.isTooLate(AT.plusMillis(10_001)));
  }

  @Test
  void it_is_planned_to_the_millisecond_as_its_row_can_tell() {
    assertEquals(AT.plusMillis(1), new Beat(AT.plusNanos(1_999_999), 20).at());
  }

  @Test
  void it_lasts_at_least_a_second() {
    assertThrows(IllegalArgumentException.class, () -> new Beat(AT, 0));
  }
}
