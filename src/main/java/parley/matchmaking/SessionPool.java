package parley.matchmaking;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import parley.platform.Redis;
import parley.platform.RedisScript;

/**
 * The sessions that players are grouped into by their {@link Tickets}, in Redis. Each method is one
 * script, so one step that is done whole or not at all; each may be repeated. What they change is
 * described in {@code lua/pool.lua}.
 */
public final class SessionPool {

  private static final RedisScript HAND_OVER = script("hand_over");
  private static final RedisScript HANDED_OVER = script("handed_over");
  private static final RedisScript SCALE_OUT_ASKED = script("scale_out_asked");
  private static final RedisScript SWEEP_PLAYERS = script("sweep_players");
  private static final RedisScript SWEEP_SESSIONS = script("sweep_sessions");
  private static final RedisScript SWEEP_BUCKETS = script("sweep_buckets");
  private static final RedisScript CHECK = script("check");

  /** Players and sessions that one step of the sweep looks at, and hand-overs of one step. */
  private static final int AT_A_TIME = 500;

  private static final int HAND_OVERS = 100;

  /** How long the keys of a session are kept once its players are told. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** How long after its time a ticket is left to its request, which takes it out itself. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final Duration BUCKETS_KEPT = Duration.ofHours(1);

  private final Redis redis;
  private final Clock clock;
  private final Duration lease;

  /**
   * @param lease how long a hand-over has to be sent
   */
  public SessionPool(Redis redis, Clock clock, Duration lease) {
    this.redis = redis;
    this.clock = clock;
    this.lease = lease;
  }

  /**
   * What has to be sent.
   *
   * @param handOvers each the JSON of an event for the players of a session
   * @param lacking the sessions that lack a server which nobody was asked for yet, by bucket
   */
  record Due(List<String> handOvers, Map<String, List<UUID>> lacking) {

    /** Whether there may be more, which did not fit into one step. */
    boolean full() {
      return handOvers.size() == HAND_OVERS;
    }
  }

  /**
   * Gives servers to sessions that are ready, oldest first. What is due stays so, and is told again
   * after the lease, until {@link #handedOver} or {@link #scaleOutAsked}.
   */
  @SuppressWarnings("unchecked")
  Due handOver() {
    List<?> answer =
        (List<?>)
            redis.run(HAND_OVER, List.of(now(), UnixTime.of(lease), Integer.toString(HAND_OVERS)));
    List<String> missing = (List<String>) answer.get(1);
    Map<String, List<UUID>> lacking = new LinkedHashMap<>();
    for (int i = 0; i < missing.size(); i += 2) {
      lacking
          .computeIfAbsent(missing.get(i + 1), bucket -> new ArrayList<>())
          .add(UUID.fromString(missing.get(i)));
    }
    return new Due((List<String>) answer.get(0), lacking);
  }

  /** The players of these sessions will be told: it is on the hub. */
  void handedOver(Collection<UUID> sessions) {
    List<String> arguments = new ArrayList<>(List.of(Long.toString(KEPT.toSeconds())));
    sessions.forEach(session -> arguments.add(session.toString()));
    redis.run(HANDED_OVER, arguments);
  }

  /** Servers were asked for, for these sessions. */
  void scaleOutAsked(Collection<UUID> sessions) {
    List<String> arguments = new ArrayList<>(List.of(now()));
    sessions.forEach(session -> arguments.add(session.toString()));
    redis.run(SCALE_OUT_ASKED, arguments);
  }

  /** Takes out players whose time is long over, and sessions whose players are gone. */
  void sweep() {
    String now = now();
    sweep(SWEEP_PLAYERS, now, Long.toString(GRACE.toSeconds()));
    sweep(SWEEP_SESSIONS, now);
    redis.run(SWEEP_BUCKETS, List.of(UnixTime.of(clock.instant().minus(BUCKETS_KEPT))));
  }

  /**
   * Reads all of Redis, and tells what should not be; empty if all is well. Redis does nothing else
   * meanwhile: some microseconds for each key.
   */
  @SuppressWarnings("unchecked")
  public List<String> check() {
    return (List<String>) redis.run(CHECK, List.of());
  }

  /** Goes through all that a script sees, a part at a time. */
  private void sweep(RedisScript script, String... first) {
    long skipped = 0;
    List<?> answer;
    do {
      List<String> arguments = new ArrayList<>(List.of(first));
      arguments.add(Long.toString(skipped));
      arguments.add(Integer.toString(AT_A_TIME));
      answer = (List<?>) redis.run(script, arguments);
      // Those that are gone no longer stand before the next.
      skipped += (Long) answer.get(0) - (Long) answer.get(1);
    } while ((Long) answer.get(0) == AT_A_TIME);
  }

  private String now() {
    return UnixTime.of(clock.instant());
  }

  /** A script on what the pool holds. */
  static RedisScript script(String name) {
    return RedisScript.of("pool", name);
  }
}
