package parley.platform;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the requests of each player in the running minute, in this process only: a guard against a
 * client gone wild, not a quota.
 */
public final class RateLimit {

  private static final long MINUTE_MILLIS = 60_000;

  private final int perMinute;
  private final Clock clock;
  private final Map<UUID, Integer> counts = new ConcurrentHashMap<>();
  private long minute;

  /**
   * @param perMinute requests a player may make a minute; 0 = any number
   */
  public RateLimit(int perMinute, Clock clock) {
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /**
   * Counts one request.
   *
   * @throws ProblemException 429 with the time until the next minute
   */
  public void count(UUID playerId) {
    if (perMinute == 0) {
      return;
    }
    long now = clock.millis();
    startMinute(now / MINUTE_MILLIS);
    if (counts.merge(playerId, 1, Integer::sum) > perMinute) {
      throw Problem.tooMany(Duration.ofMillis(MINUTE_MILLIS - now % MINUTE_MILLIS)).exception();
    }
  }

  private synchronized void startMinute(long current) {
    if (current > minute) {
      minute = current;
      counts.clear();
    }
  }
}
