package parley.matchmaking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import parley.matchmaking.rules.Waits;
import parley.platform.Redis;
import parley.platform.RedisScript;

/** Figures about those who wait and about the servers. */
public final class PoolStats {

  private static final RedisScript STATS = RedisScript.of("pool", "stats");
  private static final int MOST_BUCKETS = 100;
  private static final int MINUTES = 5;

  private final Redis redis;
  private final Clock clock;

  public PoolStats(Redis redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
  }

  /**
   * Everything.
   *
   * @param buckets the hundred that were last asked for
   * @param bucketCount how many there are that were asked for within the last hour
   */
  record Stats(List<BucketStats> buckets, long bucketCount, ServerStats servers) {}

  /**
   * One bucket. Waits are those of at most 200 players who were matched in the last five minutes;
   * null if there were none.
   *
   * @param depth players who wait
   * @param oldestWaitSeconds of who waits longest; null if nobody does
   * @param matchesPerMinute over the last five minutes
   */
  record BucketStats(
      String bucket,
      long depth,
      Double oldestWaitSeconds,
      Double waitP50Seconds,
      Double waitP95Seconds,
      double matchesPerMinute) {}

  /**
   * How many servers there are.
   *
   * @param leased given to a session whose players are still to be told
   * @param inUse otherwise in use
   * @param lost not heard of within their lease, and not forgotten yet
   */
  record ServerStats(long free, long leased, long inUse, long lost) {}

  Stats read() {
    Instant now = clock.instant();
    List<?> answer =
        (List<?>) redis.run(STATS, List.of(UnixTime.of(now), Integer.toString(MOST_BUCKETS)));
    List<BucketStats> buckets = new ArrayList<>();
    for (Object one : (List<?>) answer.get(0)) {
      buckets.add(bucket((List<?>) one, now));
    }
    return new Stats(
        buckets,
        (Long) answer.get(1),
        new ServerStats(
            (Long) answer.get(2),
            (Long) answer.get(3),
            (Long) answer.get(4),
            (Long) answer.get(5)));
  }

  /**
   * The waits of the last minutes.
   *
   * @param lines each {@code time wait}, in seconds
   */
  static Waits waits(List<String> lines, Instant now) {
    Instant from = now.minus(Duration.ofMinutes(MINUTES));
    return new Waits(
        lines.stream()
            .map(line -> line.split(" "))
            .filter(line -> !UnixTime.parse(line[0]).isBefore(from))
            .mapToDouble(line -> Double.parseDouble(line[1]))
            .toArray());
  }

  @SuppressWarnings("unchecked")
  private static BucketStats bucket(List<?> figures, Instant now) {
    String oldest = (String) figures.get(2);
    Waits waits = waits((List<String>) figures.get(3), now);
    long matches = ((List<Long>) figures.get(4)).stream().mapToLong(Long::longValue).sum();
    return new BucketStats(
        (String) figures.get(0),
        (Long) figures.get(1),
        oldest.isEmpty()
            ? null
            : Math.max(0, Duration.between(UnixTime.parse(oldest), now).toMillis() / 1000.0),
        orNull(waits.percentile(0.5)),
        orNull(waits.percentile(0.95)),
        (double) matches / MINUTES);
  }

  private static Double orNull(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
