package parley.matchmaking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import parley.local.TestClock;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.ServerPool.State;
import parley.matchmaking.Tickets.Seat;
import parley.matchmaking.Tickets.Taken;
import parley.matchmaking.rules.Ending;
import parley.platform.Json;

/** One thread of a storm: does at random what the app does, and what befalls it. */
final class PoolActor {

  private static final int OLD_TICKETS = 64;
  private static final long REMEMBER = 7_200;

  /** Takes out what Redis itself takes out ten minutes after a session's players were told. */
  private static final String EXPIRE =
      """
      for _, session in ipairs(ARGV) do
        for _, player in ipairs(redis.call('SMEMBERS', 'SessionPlayers:' .. session)) do
          local key = 'Player:' .. player
          if redis.call('HGET', key, 'Session') == session and redis.call('TTL', key) >= 0 then
            redis.call('DEL', key)
          end
        end
        redis.call('DEL', 'Session:' .. session, 'SessionPlayers:' .. session)
      end
      return 0
      """;

  private final RecordingRedis redis;
  private final Tickets tickets;
  private final SessionPool sessions;
  private final ServerPool servers;
  private final PoolStats stats;
  private final TestClock clock;
  private final PoolCrowd crowd;
  private final Random random;
  private final List<MatchRequest> old = new ArrayList<>();

  PoolActor(RecordingRedis redis, PoolStorm.Pools pools, PoolCrowd crowd, Random random) {
    this.redis = redis;
    tickets = pools.tickets();
    sessions = pools.sessions();
    servers = pools.servers();
    stats = pools.stats();
    clock = pools.clock();
    this.crowd = crowd;
    this.random = random;
  }

  /** One operation. */
  void act() {
    passTime();
    int dice = random.nextInt(1_000);
    if (dice < 240) {
      take();
    } else if (dice < 290) {
      takeForGood();
    } else if (dice < 500) {
      place();
    } else if (dice < 560) {
      tickets.seek(someTicket());
    } else if (dice < 620) {
      leave();
    } else if (dice < 660) {
      look();
    } else if (dice < 820) {
      handOver();
    } else if (dice < 860) {
      acknowledge();
    } else if (dice < 975) {
      heartbeat();
    } else if (dice < 985) {
      servers.add(List.of(crowd.server(crowd.server(random), state())));
    } else if (dice < 990) {
      servers.retire(crowd.server(random));
    } else if (dice < 994) {
      servers.sweep();
    } else if (dice < 997) {
      sessions.sweep();
    } else {
      expire();
    }
  }

  /** Mostly a little; now and then so much that a lease lapses, or a player's time is over. */
  private void passTime() {
    int dice = random.nextInt(20_000);
    long millis =
        dice < 4 ? 301_000 : dice < 8 ? 61_000 : dice < 20 ? 10_001 : dice < 5_000 ? dice % 60 : 0;
    if (millis > 0) {
      clock.advance(Duration.ofMillis(millis));
    }
  }

  private void take() {
    int player = crowd.anyone(random);
    MatchRequest ticket = random.nextInt(8) == 0 ? crowd.ticket(player) : newTicket(player);
    if (ticket != null && tickets.take(ticket) instanceof Taken.Anew) {
      took(player, ticket);
    }
  }

  /** A batch of bare events; some of one player, some that come again. */
  private void takeForGood() {
    List<Integer> players = new ArrayList<>();
    List<MatchRequest> tickets = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int player =
          players.isEmpty() || random.nextInt(3) > 0
              ? crowd.anyone(random)
              : players.get(players.size() - 1);
      MatchRequest last = crowd.ticket(player);
      players.add(player);
      tickets.add(last != null && random.nextInt(5) == 0 ? last : newTicket(player));
    }
    List<Taken> taken = this.tickets.takeForGood(tickets);
    for (int i = 0; i < taken.size(); i++) {
      if (taken.get(i) instanceof Taken.Anew) {
        took(players.get(i), tickets.get(i));
      }
    }
  }

  private void place() {
    List<Seat> seats = new ArrayList<>();
    for (int i = random.nextInt(12); i >= 0; i--) {
      MatchRequest ticket = someTicket();
      seats.add(new Seat(ticket.playerId(), ticket.ticketId(), ticket.seats()));
    }
    tickets.place(seats);
  }

  private void leave() {
    MatchRequest ticket = someTicket();
    Ending how = random.nextBoolean() ? new Ending.Cancelled() : new Ending.TimedOut();
    tickets.leave(ticket.playerId(), ticket.ticketId(), how, REMEMBER);
  }

  private void look() {
    MatchRequest ticket = someTicket();
    if (random.nextBoolean()) {
      tickets.ticket(ticket);
    } else if (random.nextBoolean()) {
      tickets.openTicket(ticket.playerId(), ticket.seats(), REMEMBER);
    } else {
      stats.read();
    }
  }

  /** What is not acknowledged at once is so later, or never: then the sender has died. */
  private void handOver() {
    SessionPool.Due due = sessions.handOver();
    List<UUID> acknowledged = new ArrayList<>();
    for (String event : due.handOvers()) {
      MatchMade made = Json.read(event, MatchMade.class);
      crowd.gave(made.server(), made.sessionId());
      int dice = random.nextInt(10);
      if (dice < 6) {
        acknowledged.add(made.sessionId());
      } else if (dice < 8) {
        crowd.sent.add(made.sessionId());
      }
    }
    if (!acknowledged.isEmpty()) {
      told(acknowledged);
    }
    List<UUID> lacking = due.lacking().values().stream().flatMap(List::stream).toList();
    if (!lacking.isEmpty() && random.nextInt(4) > 0) {
      sessions.scaleOutAsked(lacking);
    }
  }

  private void acknowledge() {
    UUID session = crowd.sent.poll();
    if (session != null) {
      told(List.of(session));
    }
  }

  private void told(List<UUID> told) {
    sessions.handedOver(told);
    crowd.done.addAll(told);
  }

  private void heartbeat() {
    UUID server = crowd.server(random);
    UUID session = random.nextBoolean() ? crowd.session(server) : null;
    if (random.nextInt(20) == 0) {
      session = crowd.session(crowd.server(random));
    }
    servers.heartbeat(server, state(), session);
  }

  private void expire() {
    List<String> expired = new ArrayList<>();
    while (crowd.done.size() > 64) {
      UUID session = crowd.done.poll();
      if (session != null) {
        expired.add(session.toString());
      }
    }
    if (!expired.isEmpty()) {
      redis.runOwn("expire", EXPIRE, expired);
    }
  }

  private State state() {
    return random.nextInt(3) == 0 ? State.IN_USE : State.FREE;
  }

  private MatchRequest newTicket(int player) {
    String bucket = PoolCrowd.buckets().get(random.nextInt(PoolCrowd.buckets().size()));
    return new MatchRequest(
        crowd.player(player),
        PoolCrowd.id(random).toString(),
        "Player " + player,
        bucket,
        PoolCrowd.capacity(bucket),
        clock.instant(),
        1 + random.nextInt(120),
        REMEMBER);
  }

  private void took(int player, MatchRequest ticket) {
    MatchRequest last = crowd.ticket(player);
    if (last != null) {
      if (old.size() == OLD_TICKETS) {
        old.remove(random.nextInt(OLD_TICKETS));
      }
      old.add(last);
    }
    crowd.took(player, ticket);
  }

  /** Most often a player's last; now and then an old one, or one that was never taken. */
  private MatchRequest someTicket() {
    int dice = random.nextInt(20);
    if (dice < 3 && !old.isEmpty()) {
      return old.get(random.nextInt(old.size()));
    }
    int player = crowd.anyone(random);
    MatchRequest last = crowd.ticket(player);
    return last == null || dice == 19 && random.nextInt(8) == 0 ? newTicket(player) : last;
  }
}
