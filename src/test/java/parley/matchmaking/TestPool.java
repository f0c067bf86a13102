package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import parley.TestRedis;
import parley.local.TestClock;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.HandOver.Told;
import parley.matchmaking.ServerPool.Held;
import parley.matchmaking.ServerPool.Server;
import parley.matchmaking.ServerPool.State;
import parley.matchmaking.Tickets.Seat;
import parley.platform.Json;
import parley.platform.Redis;
import redis.clients.jedis.RedisClient;

/** The pools on a Redis that is empty at first, with a clock of the test's. */
final class TestPool implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(10);
  static final Duration SERVER_LEASE = Duration.ofSeconds(300);
  static final Duration GRACE = Duration.ofSeconds(20);
  static final long REMEMBER = 7_200;

  final TestClock clock = new TestClock("2026-03-01T12:00:00Z");

  /** What stands in Redis, as any client sees it. */
  final RedisClient redis;

  final Tickets tickets;
  final SessionPool sessions;
  final ServerPool servers;
  final PoolStats stats;
  private final Redis scripts;

  TestPool() {
    String url = TestRedis.fresh();
    redis = RedisClient.create(url);
    scripts = new Redis(url);
    tickets = new Tickets(scripts, clock);
    sessions = new SessionPool(scripts, clock, LEASE);
    servers = new ServerPool(scripts, clock, SERVER_LEASE, GRACE);
    stats = new PoolStats(scripts, clock);
  }

  void advance(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  /** A ticket of a player that is not taken yet, to wait for a minute. */
  MatchRequest ticket(UUID player, String bucket, int seats) {
    return new MatchRequest(
        player, UUID.randomUUID().toString(), "Ada", bucket, seats, clock.instant(), 60, REMEMBER);
  }

  /** A ticket of a new player, which is taken. */
  MatchRequest queue(String bucket, int seats) {
    MatchRequest ticket = ticket(UUID.randomUUID(), bucket, seats);
    tickets.take(ticket);
    return ticket;
  }

  int place(MatchRequest... tickets) {
    return this.tickets.place(
        Arrays.stream(tickets)
            .map(ticket -> new Seat(ticket.playerId(), ticket.ticketId(), ticket.seats()))
            .toList());
  }

  /** A ticket of a new player, which has a seat. */
  MatchRequest seat(String bucket, int seats) {
    MatchRequest ticket = queue(bucket, seats);
    place(ticket);
    return ticket;
  }

  /** As many tickets as a session has seats, so that it is ready, one second after another. */
  List<MatchRequest> full(String bucket, int seats) {
    List<MatchRequest> tickets = new ArrayList<>();
    for (int i = 0; i < seats; i++) {
      tickets.add(seat(bucket, seats));
      advance(1);
    }
    return tickets;
  }

  UUID server(String address) {
    UUID id = UUID.randomUUID();
    servers.add(List.of(new Server(id, address, State.FREE)));
    return id;
  }

  Held free(UUID server) {
    return servers.heartbeat(server, State.FREE, null).orElseThrow();
  }

  Held inUse(UUID server) {
    return servers.heartbeat(server, State.IN_USE, null).orElseThrow();
  }

  /** What is due to be told, in order. */
  List<MatchMade> handOver() {
    return sessions.handOver().handOvers().stream()
        .map(event -> Json.read(event, MatchMade.class))
        .toList();
  }

  /** The only one that is due. */
  MatchMade handOverOne() {
    List<MatchMade> due = handOver();
    assertEquals(1, due.size(), due::toString);
    return due.get(0);
  }

  void told(MatchMade made) {
    sessions.handedOver(List.of(made.sessionId()));
  }

  /** A session whose players are told, on a new server. */
  MatchMade match(List<MatchRequest> players, String address) {
    server(address);
    MatchMade made = handOverOne();
    assertEquals(ids(players), ids(made));
    told(made);
    return made;
  }

  /** The session that a ticket has a seat in; null if it has none. */
  UUID sessionOf(MatchRequest ticket) {
    return tickets.ticket(ticket).map(Tickets.Known::sessionId).orElse(null);
  }

  Set<String> keys() {
    return redis.keys("*");
  }

  void assertWell() {
    assertEquals(List.of(), sessions.check());
  }

  static Set<String> ids(List<MatchRequest> tickets) {
    return tickets.stream().map(MatchRequest::ticketId).collect(Collectors.toSet());
  }

  static Set<String> ids(MatchMade made) {
    return made.players().stream().map(Told::ticketId).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    redis.close();
    scripts.close();
  }
}
