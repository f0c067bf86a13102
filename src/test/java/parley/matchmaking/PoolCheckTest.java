package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.RedisClient;

/** The checker finds what is planted by hand into a pool that is well. */
class PoolCheckTest {

  private static final String FOUR = "mode=four";
  private static final String WAITING = "PlayersTimeStartedMatchmaking";

  private final TestPool pool = new TestPool();
  private final Filled filled = new Filled();

  /** One of each kind, by the names that they have in Redis. */
  private static final class Filled {
    private String queued;
    private String seated;
    private String seatedTicket;
    private String open;
    private String ready;
    private String readyPlayer;
    private String telling;
    private String toldPlayer;
    private String toldTicket;
    private String done;
    private String freeServer;
    private String tellingServer;
    private String usedServer;
    private String lostServer;
  }

  @BeforeEach
  void fill() {
    filled.lostServer = pool.server("203.0.113.1:7777").toString();
    pool.advance(300);
    pool.servers.sweep();
    filled.usedServer = pool.server("203.0.113.2:7777").toString();
    MatchRequest told = pool.full("mode=done", 2).get(0);
    filled.done = pool.sessionOf(told).toString();
    pool.told(pool.handOverOne());
    filled.tellingServer = pool.server("203.0.113.3:7777").toString();
    MatchRequest telling = pool.full("mode=telling", 2).get(0);
    filled.toldPlayer = telling.playerId().toString();
    filled.toldTicket = telling.ticketId();
    filled.telling = pool.handOverOne().sessionId().toString();
    MatchRequest ready = pool.full("mode=ready", 2).get(0);
    filled.ready = pool.sessionOf(ready).toString();
    filled.readyPlayer = ready.playerId().toString();
    MatchRequest seated = pool.seat(FOUR, 4);
    filled.seated = seated.playerId().toString();
    filled.seatedTicket = seated.ticketId();
    filled.open = pool.sessionOf(seated).toString();
    filled.queued = pool.queue(FOUR, 4).playerId().toString();
    filled.freeServer = pool.server("203.0.113.4:7777").toString();
    pool.assertWell();
  }

  @AfterEach
  void close() {
    pool.close();
  }

  private static Arguments planted(String found, BiConsumer<RedisClient, Filled> wrong) {
    return Arguments.of(found, wrong);
  }

  static Stream<Arguments> wrongs() {
    String other = UUID.randomUUID().toString();
    return Stream.of(
        planted(
            "has no ticket, status or bucket",
            (redis, at) -> redis.hdel("Player:" + at.queued, "Ticket")),
        planted("is queued against " + WAITING, (redis, at) -> redis.zrem(WAITING, at.queued)),
        planted(
            "is matched against " + WAITING, (redis, at) -> redis.zadd(WAITING, 1, at.toldPlayer)),
        planted(
            "is searching against PlayersPerMatchmaking",
            (redis, at) -> redis.zrem("PlayersPerMatchmaking:" + FOUR, at.seated)),
        planted(
            "is searching against Ticket:",
            (redis, at) -> redis.set("Ticket:" + at.seatedTicket, "cancelled")),
        planted("is matched against Ticket:", (redis, at) -> redis.del("Ticket:" + at.toldTicket)),
        planted(
            "is queued in ", (redis, at) -> redis.hset("Player:" + at.queued, "Session", at.open)),
        planted(
            "is searching in none", (redis, at) -> redis.hdel("Player:" + at.seated, "Session")),
        planted(
            "has no seat in",
            (redis, at) -> redis.srem("SessionPlayers:" + at.ready, at.readyPlayer)),
        planted(
            "which is not waiting",
            (redis, at) -> redis.hset("Player:" + at.seated, "Session", at.telling)),
        planted("waits without a hash", (redis, at) -> redis.del("Player:" + at.queued)),
        planted(
            "waits in another bucket than",
            (redis, at) -> redis.zadd("PlayersPerMatchmaking:mode=duel", 1, at.queued)),
        planted(
            "of 4 seats has 1 players and 2 free",
            (redis, at) -> redis.hset("Session:" + at.open, "Capacity", "2")),
        planted(
            "of 2 seats has 3 players and 0 free",
            (redis, at) -> redis.sadd("SessionPlayers:" + at.ready, other)),
        planted("is empty", (redis, at) -> redis.del("SessionPlayers:" + at.open)),
        planted(
            "is not one of open, ready, allocated, done",
            (redis, at) -> redis.srem("SessionsReady", at.ready)),
        planted(
            "is not one of open, ready, allocated, done",
            (redis, at) -> redis.sadd("SessionsReady", at.open)),
        planted(
            "is not one of open, ready, allocated, done",
            (redis, at) -> redis.persist("Session:" + at.done)),
        planted(
            "against SessionsCreationTime",
            (redis, at) -> redis.zrem("SessionsCreationTime", at.open)),
        planted(
            "against SessionsReadyByAge",
            (redis, at) -> redis.zadd("SessionsReadyByAge", 1, at.ready)),
        planted(
            "is only in SessionsReadyByAge",
            (redis, at) -> redis.zadd("SessionsReadyByAge", 1, other)),
        planted(
            "has 0 free against SessionsPerMatchmaking",
            (redis, at) -> redis.sadd("SessionsPerMatchmaking:mode=ready", at.ready)),
        planted(
            "against its server",
            (redis, at) -> redis.hset("Session:" + at.open, "ServerId", at.freeServer)),
        planted("has no hand-over", (redis, at) -> redis.hdel("Session:" + at.telling, "HandOver")),
        planted("has lost its server", (redis, at) -> redis.hdel("ServersInUse", at.tellingServer)),
        planted(
            "is not ready, but a server is asked for",
            (redis, at) -> redis.zadd("SessionsToScaleOut", 1, at.open)),
        planted(
            "has seats in", (redis, at) -> redis.sadd("SessionPlayers:" + at.open, at.readyPlayer)),
        planted("keeps a seat for", (redis, at) -> redis.del("Player:" + at.seated)),
        planted("has players only", (redis, at) -> redis.del("Session:" + at.ready)),
        planted(
            "2 sessions of mode=four are open at once",
            (redis, at) -> redis.sadd("SessionsPerMatchmaking:" + FOUR, other)),
        planted(
            "is open in mode=duel",
            (redis, at) -> redis.sadd("SessionsPerMatchmaking:mode=duel", at.open)),
        planted("is only in SessionsReady", (redis, at) -> redis.sadd("SessionsReady", other)),
        planted(
            "is only in SessionsAllocated",
            (redis, at) -> redis.zadd("SessionsAllocated", 1, other)),
        planted(
            "is only in SessionsCreationTime",
            (redis, at) -> redis.zadd("SessionsCreationTime", 1, other)),
        planted(
            "is only in SessionsToScaleOut",
            (redis, at) -> redis.zadd("SessionsToScaleOut", 1, other)),
        planted(
            "is not one of free, in use, lost",
            (redis, at) -> redis.srem("ServersAvailable", at.freeServer)),
        planted(
            "is not one of free, in use, lost",
            (redis, at) -> redis.sadd("ServersAvailable", at.usedServer)),
        planted(
            "is not one of free, in use, lost",
            (redis, at) -> redis.sadd("ServersAvailable", at.lostServer)),
        planted("against its lease", (redis, at) -> redis.zrem("ServersLease", at.freeServer)),
        planted("is in use, but unknown", (redis, at) -> redis.hset("ServersInUse", other, "")),
        planted("has servers", (redis, at) -> redis.hset("ServersInUse", other, at.telling)),
        planted(
            "is in use for", (redis, at) -> redis.hset("ServersInUse", at.usedServer, at.ready)),
        planted(
            "is only in ServersAvailable", (redis, at) -> redis.sadd("ServersAvailable", other)),
        planted(
            "is only in ServersConfirmed", (redis, at) -> redis.sadd("ServersConfirmed", other)),
        planted("is only in ServersLease", (redis, at) -> redis.zadd("ServersLease", 1, other)),
        planted("is only in ServersLost", (redis, at) -> redis.zadd("ServersLost", 1, other)),
        planted("is only in ServersToFree", (redis, at) -> redis.zadd("ServersToFree", 1, other)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongs")
  void the_checker_finds_that_a(String found, BiConsumer<RedisClient, Filled> wrong) {
    wrong.accept(pool.redis, filled);

    List<String> told = pool.sessions.check();

    assertTrue(told.stream().anyMatch(line -> line.contains(found)), told::toString);
  }

  @Test
  void the_checker_bears_with_keys_that_go_one_after_another() {
    for (String key : List.of("Session:" + filled.done, "SessionPlayers:" + filled.done)) {
      assertEquals(1, pool.redis.pexpire(key, 400));
    }
    pool.assertWell();
    pool.redis.del("SessionPlayers:" + filled.done);
    pool.assertWell();
  }

  @Test
  void the_checker_tells_a_hundred_things_at_most() {
    for (int i = 0; i < 200; i++) {
      pool.redis.hset("Player:" + UUID.randomUUID(), Map.of("Name", "Ada"));
    }
    assertEquals(100, pool.sessions.check().size());
  }
}
