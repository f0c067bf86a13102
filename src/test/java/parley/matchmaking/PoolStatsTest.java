package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.matchmaking.PoolStats.BucketStats;
import parley.matchmaking.PoolStats.ServerStats;
import parley.matchmaking.PoolStats.Stats;

class PoolStatsTest {

  private static final String DUEL = "mode=duel";
  private static final String FOUR = "mode=four";

  private final TestPool pool = new TestPool();

  @AfterEach
  void close() {
    pool.close();
  }

  private BucketStats bucket(String name) {
    return pool.stats.read().buckets().stream()
        .filter(bucket -> bucket.bucket().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void there_are_no_figures_where_there_is_nobody() {
    assertEquals(new Stats(List.of(), 0, new ServerStats(0, 0, 0, 0)), pool.stats.read());
  }

  @Test
  void a_bucket_tells_how_many_wait_and_how_long_the_first_has() {
    pool.queue(FOUR, 4);
    pool.clock.advance(java.time.Duration.ofMillis(1_500));
    pool.seat(FOUR, 4);

    assertEquals(new BucketStats(FOUR, 2, 1.5, null, null, 0), bucket(FOUR));
  }

  @Test
  void a_bucket_tells_how_long_players_waited_who_were_matched_lately() {
    MatchRequest first = pool.queue(DUEL, 2);
    pool.advance(30);
    pool.match(List.of(first, both(first)), "203.0.113.7:7777");

    assertEquals(new BucketStats(DUEL, 0, null, 0.0, 30.0, 0.2), bucket(DUEL));
    assertEquals(
        OptionalDouble.of(20), pool.tickets.ticket(first).orElseThrow().waits().remaining(10));
    pool.advance(301);
    assertEquals(new BucketStats(DUEL, 0, null, null, null, 0), bucket(DUEL));
  }

  private MatchRequest both(MatchRequest first) {
    MatchRequest second = pool.queue(DUEL, 2);
    pool.place(first, second);
    return second;
  }

  @Test
  void a_player_whose_clock_is_ahead_has_not_waited() {
    MatchRequest ticket = pool.ticket(UUID.randomUUID(), DUEL, 2);
    pool.clock.advance(java.time.Duration.ofMillis(-200));
    pool.tickets.seek(ticket);
    pool.match(List.of(ticket, pool.seat(DUEL, 2)), "203.0.113.7:7777");

    assertEquals(0, bucket(DUEL).waitP50Seconds());
    assertEquals(0, bucket(DUEL).waitP95Seconds());
  }

  @Test
  void at_most_200_waits_are_kept_of_a_bucket() {
    for (int i = 0; i < 101; i++) {
      pool.match(pool.full(DUEL, 2), "203.0.113.7:" + (7_000 + i));
    }
    assertEquals(200, pool.redis.llen("Waits:" + DUEL));
    assertEquals(900, pool.redis.ttl("Waits:" + DUEL), 1);
  }

  @Test
  void the_hundred_buckets_are_told_that_were_asked_for_last() {
    for (int i = 0; i < 103; i++) {
      pool.queue("level=" + i, 2);
      pool.advance(1);
    }

    Stats stats = pool.stats.read();
    assertEquals(103, stats.bucketCount());
    assertEquals(100, stats.buckets().size());
    assertEquals("level=102", stats.buckets().get(0).bucket());
    assertEquals("level=3", stats.buckets().get(99).bucket());
  }

  @Test
  void servers_are_free_leased_in_use_or_lost() {
    pool.server("203.0.113.1:7777");
    pool.advance(300);
    pool.servers.sweep();
    pool.match(pool.full(DUEL, 2), "203.0.113.2:7777");
    pool.server("203.0.113.3:7777");
    pool.full(DUEL, 2);
    pool.handOverOne();
    pool.server("203.0.113.4:7777");
    pool.server("203.0.113.5:7777");

    assertEquals(new ServerStats(2, 1, 1, 1), pool.stats.read().servers());
    pool.assertWell();
  }

  @Test
  void a_wait_without_anybody_before_is_not_estimated() {
    MatchRequest ticket = pool.seat(DUEL, 2);
    assertEquals(
        OptionalDouble.empty(), pool.tickets.ticket(ticket).orElseThrow().waits().remaining(0));
    assertNull(bucket(DUEL).waitP50Seconds());
    assertEquals(
        OptionalDouble.empty(),
        PoolStats.waits(List.of("1772366400.000 3.000"), Instant.parse("2026-03-01T12:05:01Z"))
            .percentile(0.5));
  }
}
