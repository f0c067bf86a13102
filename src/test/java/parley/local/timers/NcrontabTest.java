package parley.local.timers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NcrontabTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * * * *            | 2024-01-01T00:00:00Z     | 2024-01-01T00:00:01Z
          * * * * * *            | 2024-01-01T00:00:00.999Z | 2024-01-01T00:00:01Z
          0 * * * * *            | 2024-01-01T00:00:00Z     | 2024-01-01T00:01:00Z
          0 * * * * *            | 2024-01-01T00:00:59.999Z | 2024-01-01T00:01:00Z
          * * * * *              | 2024-01-01T00:00:10Z     | 2024-01-01T00:01:00Z
          0 */5 * * * *          | 2024-01-01T00:05:00Z     | 2024-01-01T00:10:00Z
          0 */7 * * * *          | 2024-01-01T00:56:00Z     | 2024-01-01T01:00:00Z
          0 3/20 * * * *         | 2024-01-01T00:04:00Z     | 2024-01-01T00:23:00Z
          10-12,50 * * * * *     | 2024-01-01T00:00:12Z     | 2024-01-01T00:00:50Z
          0-30/15 * * * * *      | 2024-01-01T00:00:30Z     | 2024-01-01T00:01:00Z
          0 30 9 * * *           | 2024-01-01T09:30:00Z     | 2024-01-02T09:30:00Z
          0 0 9-17 * * *         | 2024-01-01T17:00:00Z     | 2024-01-02T09:00:00Z
          0 30 9 * * 1-5         | 2024-01-05T09:30:00Z     | 2024-01-08T09:30:00Z
          0 30 9 * * mon-fri     | 2024-01-05T09:30:00Z     | 2024-01-08T09:30:00Z
          0 0 0 * * Sunday       | 2024-01-01T00:00:00Z     | 2024-01-07T00:00:00Z
          0 0 0 * * 0            | 2024-01-01T00:00:00Z     | 2024-01-07T00:00:00Z
          0 0 0 1 Jan,JUL *      | 2024-01-01T00:00:00Z     | 2024-07-01T00:00:00Z
          0 0 0 1 september *    | 2024-10-01T00:00:00Z     | 2025-09-01T00:00:00Z
          0 0 0 31 * *           | 2024-01-31T00:00:00Z     | 2024-03-31T00:00:00Z
          59 59 23 31 12 *       | 2024-12-31T23:59:58Z     | 2024-12-31T23:59:59Z
          0 0 0 1 1 *            | 2024-12-31T23:59:59Z     | 2025-01-01T00:00:00Z
          0 0 0 29 2 *           | 2024-02-29T00:00:00Z     | 2028-02-29T00:00:00Z
          0 0 0 29 2 *           | 2096-02-29T00:00:00Z     | 2104-02-29T00:00:00Z
          0 0 0 29 2 mon         | 2024-02-29T00:00:00Z     | 2044-02-29T00:00:00Z
          0 0 0 13 * fri         | 2024-01-01T00:00:00Z     | 2024-09-13T00:00:00Z
          """)
  void the_next_occurrence_is_the_first_later_one(String schedule, Instant after, Instant next) {
    assertEquals(next, Ncrontab.parse(schedule).next(after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          * * * *              | 5 or 6 fields are needed, got 4
          * * * * * * *        | 5 or 6 fields are needed, got 7
          60 * * * * *         | second: it is 0 to 59, got 60
          0 60 * * * *         | minute: it is 0 to 59, got 60
          0 0 24 * * *         | hour: it is 0 to 23, got 24
          0 0 0 0 * *          | day: it is 1 to 31, got 0
          0 0 0 32 * *         | day: it is 1 to 31, got 32
          0 0 0 * 13 *         | month: it is 1 to 12, got 13
          0 0 0 * * 7          | day-of-week: it is 0 to 6, got 7
          0 0 0 * * someday    | day-of-week: cannot read "someday"
          0 0 0 * sun *        | month: cannot read "sun"
          */0 * * * * *        | second: a step is at least 1, got 0
          */x * * * * *        | second: cannot read "x"
          1/2/3 * * * * *      | second: cannot read "1/2/3"
          1-2-3 * * * * *      | second: cannot read "1-2-3"
          1, * * * * *         | second: cannot read ""
          -1 * * * * *         | second: cannot read ""
          0 0 22-2 * * *       | hour: "22-2" runs backwards
          0 0 0 30 2 *         | no such day in any of these months
          0 0 0 31 4,6,9,11 *  | no such day in any of these months
          """)
  void what_is_no_schedule_is_refused(String schedule, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Ncrontab.parse(schedule)).getMessage();
    assertEquals("schedule \"" + schedule + "\": " + reason, message);
  }

  @Test
  void an_impossible_day_is_fine_beside_a_possible_one() {
    Ncrontab schedule = Ncrontab.parse("0 0 0 30,31 2,4 *");
    assertEquals(
        Instant.parse("2024-04-30T00:00:00Z"),
        schedule.next(Instant.parse("2024-01-01T00:00:00Z")));
  }

  @Test
  void occurrences_follow_each_other_without_end() {
    Ncrontab schedule = Ncrontab.parse("*/20 59 23 28-31 * *");
    Instant at = Instant.parse("2023-01-01T00:00:00Z");
    for (int i = 0; i < 1_000; i++) {
      Instant next = schedule.next(at);
      assertTrue(next.isAfter(at));
      at = next;
    }
    assertEquals(Instant.parse("2031-01-31T23:59:00Z"), at);
  }
}
