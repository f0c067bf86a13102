package parley.matchmaking.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.matchmaking.rules.Buckets.Rule;

class BucketsTest {

  private static final Rule FOUR = new Rule(4, Duration.ofSeconds(60));
  private static final Rule DUEL = new Rule(2, Duration.ofSeconds(30));

  @Test
  void a_bucket_has_its_own_rule_or_the_one_for_all_others() {
    Buckets buckets = new Buckets(Map.of("*", FOUR, "region=eu;mode=duel", DUEL));

    assertEquals(Optional.of(DUEL), buckets.rule(Bucket.parse("mode=duel;region=eu")));
    assertEquals(Optional.of(FOUR), buckets.rule(Bucket.parse("mode=duel;region=us")));
    assertEquals(Optional.of(FOUR), buckets.rule(Bucket.parse("")));
  }

  @Test
  void there_is_no_other_bucket_without_a_rule_for_all_others() {
    Buckets buckets = new Buckets(Map.of("mode=duel", DUEL));

    assertEquals(Optional.of(DUEL), buckets.rule(Bucket.parse("mode=duel")));
    assertEquals(Optional.empty(), buckets.rule(Bucket.parse("mode=four")));
  }

  @Test
  void a_name_that_is_no_bucket_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Buckets(Map.of("mode duel", DUEL)));
  }

  @Test
  void a_session_seats_2_to_256_players_who_wait_1_second_to_1_hour() {
    assertEquals(2, new Rule(2, Duration.ofSeconds(1)).capacity());
    assertEquals(256, new Rule(256, Duration.ofHours(1)).capacity());
    assertTrue(refused(1, 60).contains("1"));
    assertTrue(refused(257, 60).contains("257"));
    assertTrue(refused(4, 0).contains("0"));
    assertTrue(refused(4, 3_601).contains("3601"));
  }

  private static String refused(int capacity, long seconds) {
    return assertThrows(
            IllegalArgumentException.class, () -> new Rule(capacity, Duration.ofSeconds(seconds)))
        .getMessage();
  }
}
