package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Gathering gathering = new Gathering();
  private long now = -5 * SECOND;

  /** Lets tasks come for some seconds; returns how long the last one is to wait. */
  private long come(int perSecond, int seconds) {
    long millis = 0;
    for (int i = 0; i < perSecond * seconds; i++) {
      now += SECOND / perSecond;
      millis = gathering.millisAt(now);
    }
    return millis;
  }

  @Test
  void at_the_rate_of_a_busy_day_nothing_waits() {
    assertEquals(0, come(100, 60));
    assertEquals(0, come(390, 60));
  }

  @Test
  void what_has_gathered_in_a_moment_of_hesitation_does_not_wait() {
    come(100, 60);
    now += SECOND / 2;
    for (int i = 0; i < 50; i++) {
      assertEquals(0, gathering.millisAt(now));
    }
    assertEquals(0, come(100, 1));
  }

  @Test
  void a_rush_is_noticed_soon() {
    come(2_500, 1);
    now += 60 * SECOND;
    for (int i = 0; i < 250; i++) {
      now += SECOND / 2_500;
      gathering.millisAt(now);
    }

    assertTrue(gathering.millisAt(now) > 900, "after a tenth of a second");
  }

  @Test
  void the_more_come_the_longer_each_waits_and_a_second_at_most() {
    long some = come(600, 10);
    long more = come(800, 10);

    assertTrue(some > 0 && more > some, some + ", " + more);
    assertEquals(1_000, come(5_000, 10));
  }

  @Test
  void soon_after_many_have_come_nothing_waits() {
    come(5_000, 10);

    assertEquals(0, come(100, 5));
  }
}
