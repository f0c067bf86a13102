package parley.matchmaking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.matchmaking.rules.Ending;
import parley.matchmaking.rules.Waits;
import parley.platform.RecentlyUsed;
import parley.platform.Redis;
import parley.platform.RedisScript;

/**
 * The tickets of players who want to be matched, and their seats, in Redis. Each method is one
 * script, so one step that is done whole or not at all; each may be repeated. What they change is
 * described in {@code lua/pool.lua}.
 */
public final class Tickets {

  private static final RedisScript TAKE = SessionPool.script("take");
  private static final RedisScript REMEMBERS_SINCE = SessionPool.script("remembers_since");
  private static final RedisScript PLACE = SessionPool.script("place");
  private static final RedisScript SEEK = SessionPool.script("seek");
  private static final RedisScript LEAVE = SessionPool.script("leave");
  private static final RedisScript TICKET = SessionPool.script("ticket");
  private static final RedisScript OPEN_TICKET = SessionPool.script("open_ticket");

  /** How old waits may be by which those of others are judged, and of how many buckets. */
  private static final Duration WAITS_GOOD = Duration.ofSeconds(1);

  private static final int BUCKETS = 1_000;

  private final Redis redis;
  private final Clock clock;
  private final RecentlyUsed<String, Recent> recent = new RecentlyUsed<>(BUCKETS);

  public Tickets(Redis redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
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
}
