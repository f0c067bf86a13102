package parley.matchmaking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import parley.matchmaking.rules.Ending;
import parley.matchmaking.rules.Waits;
import parley.platform.RecentlyUsed;
import parley.platform.Redis;
import parley.platform.RedisScript;

/**
 * The players who wait and the sessions that they are grouped into, in Redis. Each method is one
 * script, so one step that is done whole or not at all; each may be repeated. What they change is
 * described in {@code lua/pool.lua}.
 */
public final class SessionPool {

  private static final RedisScript TAKE = script("take");
  private static final RedisScript REMEMBERS_SINCE = script("remembers_since");
  private static final RedisScript PLACE = script("place");
  private static final RedisScript SEEK = script("seek");
  private static final RedisScript LEAVE = script("leave");
  private static final RedisScript TICKET = script("ticket");
  private static final RedisScript OPEN_TICKET = script("open_ticket");
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

  /** How old waits may be by which those of others are judged, and of how many buckets. */
  private static final Duration WAITS_GOOD = Duration.ofSeconds(1);

  private static final int BUCKETS = 1_000;

  private final Redis redis;
  private final Clock clock;
  private final Duration lease;
  private final RecentlyUsed<String, Recent> recent = new RecentlyUsed<>(BUCKETS);

  /**
   * @param lease how long a hand-over has to be sent
   */
  public SessionPool(Redis redis, Clock clock, Duration lease) {
    this.redis = redis;
    this.clock = clock;
    this.lease = lease;
  }

  /** What became of an attempt to take a ticket. */
  sealed interface Taken {
    /** It is the player's now. */
    record Anew() implements Taken {}

    /** It was before. */
    record Already() implements Taken {}

    /** The player has this one, which is open. */
    record Other(String ticketId) implements Taken {}

    /** It had been, and has ended. */
    record Ended(Ending ending) implements Taken {}
  }

  /** Makes a ticket for a player who has none that is open. */
  Taken take(MatchRequest request) {
    return take(List.of(request), false).get(0);
  }

  /**
   * Makes tickets for players who have none that is open; any other has ended with this, and will
   * not be taken when it is open no longer.
   */
  List<Taken> takeForGood(List<MatchRequest> requests) {
    return take(requests, true);
  }

  /** How far back Redis knows which tickets have ended; later than that it has lost nothing. */
  Instant remembersSince() {
    return UnixTime.parse((String) redis.run(REMEMBERS_SINCE, List.of(now())));
  }

  /**
   * Gives those of the tickets a seat that are queued.
   *
   * @return how many sessions are ready for a server now
   */
  int place(Collection<Seat> seats) {
    List<String> arguments = new ArrayList<>(List.of(now()));
    for (Seat seat : seats) {
      arguments.add(seat.playerId().toString());
      arguments.add(seat.ticketId());
      arguments.add(Integer.toString(seat.seats()));
      arguments.add(UUID.randomUUID().toString());
    }
    List<?> answer = (List<?>) redis.run(PLACE, arguments);
    return Math.toIntExact((Long) answer.get(1));
  }

  /**
   * A ticket to be placed.
   *
   * @param seats of a session that is made for it
   */
  record Seat(UUID playerId, String ticketId, int seats) {}

  /**
   * What is known of a request that is under way.
   *
   * @param ended how it has ended, or null
   * @param placedNow whether this has found its seat, now or at a try before
   */
  record Sought(Ending ended, boolean placedNow) {}

  /** Sees to it that the ticket of a request has a seat, also when Redis has lost it. */
  Sought seek(MatchRequest request) {
    List<String> arguments = new ArrayList<>(List.of(now()));
    arguments.addAll(fields(request));
    arguments.add(UnixTime.of(request.queuedAt()));
    arguments.add(Integer.toString(request.seats()));
    arguments.add(UUID.randomUUID().toString());
    List<?> answer = (List<?>) redis.run(SEEK, arguments);
    return answer.get(0).equals("finished")
        ? new Sought(Ending.of((String) answer.get(1)), false)
        : new Sought(null, answer.get(1).equals("1"));
  }

  /**
   * Takes a ticket out of the queue and gives its seat back; or tells that it had ended otherwise.
   *
   * @param how the ending, if it has none yet
   * @return the ending that it has
   */
  Ending leave(UUID playerId, String ticketId, Ending how, long rememberSeconds) {
    return Ending.of(
        (String)
            redis.run(
                LEAVE,
                List.of(
                    now(),
                    playerId.toString(),
                    ticketId,
                    how.text(),
                    Long.toString(rememberSeconds))));
  }

  /**
   * What is known of a ticket.
   *
   * @param placed whether it has a seat
   * @param sessionId null if it has none
   * @param waits of players in its bucket who were matched lately, as of a second ago at most
   */
  record Known(boolean placed, UUID sessionId, Waits waits) {}

  /** The waits of a bucket, and when they were looked up. */
  private record Recent(Waits waits, Instant at) {}

  /** Empty if Redis does not know this ticket as the player's. */
  @SuppressWarnings("unchecked")
  Optional<Known> ticket(MatchRequest request) {
    Instant now = clock.instant();
    Recent waits = recent.get(request.bucket());
    boolean old = waits == null || waits.at().plus(WAITS_GOOD).isBefore(now);
    List<?> answer =
        (List<?>)
            redis.run(
                TICKET,
                List.of(request.playerId().toString(), request.ticketId(), old ? "1" : "0"));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    if (old) {
      waits = new Recent(PoolStats.waits((List<String>) answer.get(2), now), now);
      recent.put(request.bucket(), waits);
    }
    String session = (String) answer.get(1);
    return Optional.of(
        new Known(
            !answer.get(0).equals("queued"),
            session.isEmpty() ? null : UUID.fromString(session),
            waits.waits()));
  }

  /** The player's ticket that is open, with the name, bucket and times that it was taken with. */
  Optional<MatchRequest> openTicket(UUID playerId, int seats, long rememberSeconds) {
    List<?> answer = (List<?>) redis.run(OPEN_TICKET, List.of(playerId.toString()));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MatchRequest(
            playerId,
            (String) answer.get(0),
            (String) answer.get(1),
            (String) answer.get(2),
            seats,
            UnixTime.parse((String) answer.get(3)),
            Long.parseLong((String) answer.get(4)),
            rememberSeconds));
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

  private List<Taken> take(List<MatchRequest> requests, boolean forGood) {
    List<String> arguments = new ArrayList<>(List.of(now(), forGood ? "1" : "0"));
    requests.forEach(request -> arguments.addAll(fields(request)));
    List<Taken> taken = new ArrayList<>();
    for (Object one : (List<?>) redis.run(TAKE, arguments)) {
      List<?> answer = (List<?>) one;
      String detail = (String) answer.get(1);
      taken.add(
          switch ((String) answer.get(0)) {
            case "taken" -> new Taken.Anew();
            case "again" -> new Taken.Already();
            case "open" -> new Taken.Other(detail);
            default -> new Taken.Ended(Ending.of(detail));
          });
    }
    return taken;
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

  private static List<String> fields(MatchRequest request) {
    return List.of(
        request.playerId().toString(),
        request.ticketId(),
        request.name(),
        request.bucket(),
        Long.toString(request.timeoutSeconds()),
        Long.toString(request.rememberSeconds()));
  }

  private String now() {
    return UnixTime.of(clock.instant());
  }

  private static RedisScript script(String name) {
    return RedisScript.of("pool", name);
  }
}
