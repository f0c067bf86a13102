package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.ServerPool.Held;
import parley.matchmaking.ServerPool.Server;
import parley.matchmaking.ServerPool.State;

/** Game servers that come, are given away, and go, in a real Redis. */
class ServerPoolTest {

  private static final String DUEL = "mode=duel";
  private static final String ADDRESS = "203.0.113.7:7777";
  private static final Held FREE = new Held(State.FREE, null);

  private final TestPool pool = new TestPool();

  @AfterEach
  void close() {
    pool.close();
  }

  private static Held inUse(UUID session) {
    return new Held(State.IN_USE, session);
  }

  private static Held inUse(MatchMade made) {
    return inUse(made.sessionId());
  }

  private void register(UUID server, String address, State state) {
    pool.servers.add(List.of(new Server(server, address, state)));
  }

  private Held doneWith(UUID server, UUID session) {
    return pool.servers.heartbeat(server, State.FREE, session).orElseThrow();
  }

  private PoolStats.ServerStats counts() {
    return pool.stats.read().servers();
  }

  /** Players who are still to be told of the only free server. */
  private MatchMade tell() {
    pool.full(DUEL, 2);
    return pool.handOverOne();
  }

  /** Players who were told of the only free server. */
  private MatchMade match() {
    MatchMade made = tell();
    pool.told(made);
    return made;
  }

  @Test
  void the_keys_of_servers_are_those_of_the_reference() {
    String server = pool.server(ADDRESS).toString();

    assertEquals(Map.of(server, ADDRESS), pool.redis.hgetAll("Servers"));
    assertEquals(Set.of(server), pool.redis.smembers("ServersAvailable"));
    assertEquals(1_772_366_700, pool.redis.zscore("ServersLease", server));
    pool.assertWell();
  }

  @Test
  void a_server_is_free_then_given_to_a_session_and_then_free_again() {
    UUID server = pool.server(ADDRESS);
    assertEquals(FREE, pool.free(server));

    MatchMade made = match();

    assertFalse(pool.redis.exists("ServersAvailable"));
    assertEquals(inUse(made), pool.inUse(server));
    assertEquals(FREE, pool.free(server));
    assertEquals(Set.of(server.toString()), pool.redis.smembers("ServersAvailable"));
    pool.assertWell();
  }

  @Test
  void an_unknown_server_is_told_so() {
    assertEquals(Optional.empty(), pool.servers.heartbeat(UUID.randomUUID(), State.FREE, null));
    assertFalse(pool.servers.retire(UUID.randomUUID()));
    assertEquals(Set.of(), pool.keys());
  }

  @Test
  void a_server_that_has_not_met_its_players_yet_is_free_only_after_a_while() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = match();

    assertEquals(inUse(made), pool.free(server));
    pool.full(DUEL, 2);
    pool.advance(17);
    assertEquals(List.of(), pool.handOver());
    assertEquals(inUse(made), pool.free(server));
    pool.advance(1);

    assertNotEquals(made, pool.handOverOne());
    pool.assertWell();
  }

  @Test
  void a_server_that_meets_its_players_in_time_stays_with_them() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = match();
    pool.free(server);
    assertEquals(inUse(made), pool.inUse(server));
    pool.full(DUEL, 2);
    pool.advance(60);

    assertEquals(List.of(), pool.handOver());
    pool.servers.sweep();
    assertEquals(inUse(made), pool.inUse(server));
    pool.assertWell();
  }

  @Test
  void a_server_whose_players_never_come_is_free_at_once_after_the_grace() {
    UUID server = pool.server(ADDRESS);
    match();
    pool.advance(20);

    assertEquals(FREE, pool.free(server));
    pool.assertWell();
  }

  @Test
  void a_server_that_names_the_session_it_is_done_with_is_believed_at_once() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = match();

    assertEquals(FREE, doneWith(server, made.sessionId()));
    pool.assertWell();
  }

  @Test
  void a_word_about_a_session_before_changes_nothing() {
    UUID server = pool.server(ADDRESS);
    MatchMade first = match();
    doneWith(server, first.sessionId());
    MatchMade second = match();

    assertEquals(inUse(second), doneWith(server, first.sessionId()));
    pool.advance(60);
    pool.servers.sweep();
    assertEquals(inUse(second), doneWith(server, first.sessionId()));
    pool.assertWell();
  }

  @Test
  void a_late_word_that_it_serves_a_session_before_is_no_word_of_the_next() {
    UUID server = pool.server(ADDRESS);
    MatchMade first = match();
    doneWith(server, first.sessionId());
    MatchMade second = match();

    pool.servers.heartbeat(server, State.IN_USE, first.sessionId());

    assertEquals(inUse(second), pool.free(server), "it has not met the players of the second");
    assertEquals(
        Optional.of(inUse(second)),
        pool.servers.heartbeat(server, State.IN_USE, second.sessionId()));
    assertEquals(FREE, pool.free(server));
    pool.assertWell();
  }

  @Test
  void a_server_is_not_free_while_players_are_still_told_of_it() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = tell();

    assertEquals(inUse(made), doneWith(server, made.sessionId()));
    pool.inUse(server);
    assertEquals(inUse(made), pool.free(server));
    pool.advance(60);
    assertEquals(made, pool.handOverOne());
    assertEquals(inUse(made), pool.free(server));
    pool.servers.sweep();
    pool.told(made);
    pool.advance(10);
    pool.servers.sweep();

    assertEquals(new PoolStats.ServerStats(1, 0, 0, 0), counts());
    pool.assertWell();
  }

  @Test
  void a_server_that_says_it_is_in_use_is_given_to_nobody() {
    UUID server = pool.server(ADDRESS);

    assertEquals(inUse((UUID) null), pool.inUse(server));

    pool.full(DUEL, 2);
    assertEquals(List.of(), pool.handOver());
    assertEquals(FREE, pool.free(server));
    assertEquals(ADDRESS, pool.handOverOne().server());
    pool.assertWell();
  }

  @Test
  void a_server_can_be_added_as_one_that_is_in_use() {
    UUID server = UUID.randomUUID();
    register(server, ADDRESS, State.IN_USE);

    assertEquals(new PoolStats.ServerStats(0, 0, 1, 0), counts());
    pool.full(DUEL, 2);
    assertEquals(List.of(), pool.handOver());
    pool.assertWell();
  }

  @Test
  void a_server_that_is_not_heard_of_is_lost_and_its_own_word_brings_it_back() {
    UUID server = pool.server(ADDRESS);
    pool.advance(300);
    pool.servers.sweep();

    assertEquals(new PoolStats.ServerStats(0, 0, 0, 1), counts());
    assertEquals(0, pool.redis.exists("ServersAvailable", "ServersLease"));
    pool.assertWell();
    assertEquals(FREE, pool.free(server));
    assertEquals(new PoolStats.ServerStats(1, 0, 0, 0), counts());
    pool.assertWell();
  }

  @Test
  void a_server_that_is_heard_of_is_not_lost() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = match();
    for (int i = 0; i < 5; i++) {
      pool.advance(200);
      assertEquals(inUse(made), pool.inUse(server));
      pool.servers.sweep();
    }
    pool.assertWell();
  }

  @Test
  void a_server_in_use_that_is_lost_comes_back_as_in_use_or_as_free() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = match();
    pool.advance(300);
    pool.servers.sweep();
    assertEquals(new PoolStats.ServerStats(0, 0, 0, 1), counts());
    pool.assertWell();

    assertEquals(inUse((UUID) null), pool.inUse(server));
    assertEquals(FREE, doneWith(server, made.sessionId()));
    pool.assertWell();
  }

  @Test
  void a_server_is_not_lost_while_players_are_still_told_of_it() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = tell();
    pool.advance(400);
    pool.servers.sweep();
    assertEquals(new PoolStats.ServerStats(0, 1, 0, 0), counts());
    pool.assertWell();

    assertEquals(made, pool.handOverOne());
    pool.told(made);
    pool.servers.sweep();
    assertEquals(new PoolStats.ServerStats(0, 0, 0, 1), counts());
    assertEquals(FREE, pool.free(server));
    pool.assertWell();
  }

  @Test
  void a_server_that_is_lost_for_a_day_is_forgotten() {
    UUID server = pool.server(ADDRESS);
    pool.advance(300);
    pool.servers.sweep();
    pool.advance(86_399);
    pool.servers.sweep();
    assertEquals(1, counts().lost());
    pool.advance(1);
    pool.servers.sweep();

    assertEquals(Set.of(), pool.keys());
    assertEquals(Optional.empty(), pool.servers.heartbeat(server, State.FREE, null));
  }

  @Test
  void a_server_that_is_retired_is_gone() {
    UUID server = pool.server(ADDRESS);

    assertTrue(pool.servers.retire(server));

    assertEquals(Set.of(), pool.keys());
    assertFalse(pool.servers.retire(server));
    UUID used = pool.server("203.0.113.8:7777");
    match();
    pool.servers.retire(used);
    assertEquals(new PoolStats.ServerStats(0, 0, 0, 0), counts());
    pool.assertWell();
  }

  @Test
  void players_are_told_of_a_server_that_was_retired_meanwhile() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = tell();

    assertTrue(pool.servers.retire(server));
    pool.assertWell();
    pool.advance(10);
    assertEquals(made, pool.handOverOne());
    pool.told(made);

    assertEquals(new PoolStats.ServerStats(0, 0, 0, 0), counts());
    pool.assertWell();
  }

  @Test
  void a_server_that_is_added_again_is_still_with_the_players_who_are_told_of_it() {
    UUID server = pool.server(ADDRESS);
    MatchMade made = tell();
    pool.servers.retire(server);
    register(server, "203.0.113.8:7777", State.FREE);
    pool.full(DUEL, 2);

    assertEquals(List.of(), pool.handOver());
    pool.assertWell();
    pool.told(made);
    assertEquals(List.of(), pool.handOver());
    pool.advance(20);
    assertEquals("203.0.113.8:7777", pool.handOverOne().server());
    pool.assertWell();
  }
}
