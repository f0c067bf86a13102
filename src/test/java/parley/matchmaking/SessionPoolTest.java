package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.Tickets.Sought;
import parley.matchmaking.Tickets.Taken;
import parley.matchmaking.rules.Ending;

/** Players who take tickets, get seats and leave, in a real Redis. */
class SessionPoolTest {

  private static final String DUEL = "mode=duel";
  private static final String FOUR = "mode=four";
  private static final Ending CANCELLED = new Ending.Cancelled();
  private static final Ending TIMED_OUT = new Ending.TimedOut();

  private final TestPool pool = new TestPool();

  @AfterEach
  void close() {
    pool.close();
  }

  private Ending leave(MatchRequest ticket, Ending how) {
    return pool.tickets.leave(ticket.playerId(), ticket.ticketId(), how, TestPool.REMEMBER);
  }

  private Sought seek(MatchRequest ticket) {
    return pool.tickets.seek(ticket);
  }

  private MatchRequest again(MatchRequest ticket) {
    return pool.ticket(ticket.playerId(), ticket.bucket(), ticket.seats());
  }

  @Test
  void the_keys_of_players_and_sessions_are_those_of_the_reference() {
    MatchRequest ticket = pool.seat(FOUR, 4);
    String player = ticket.playerId().toString();
    String session = pool.sessionOf(ticket).toString();

    assertEquals(
        Set.of(
            "Player:" + player,
            "PlayersTimeStartedMatchmaking",
            "PlayersPerMatchmaking:" + FOUR,
            "MatchmakingBuckets",
            "Session:" + session,
            "SessionsPerMatchmaking:" + FOUR,
            "SessionPlayers:" + session,
            "SessionsCreationTime"),
        pool.keys());
    assertEquals("Ada", pool.redis.hget("Player:" + player, "Name"));
    assertEquals(FOUR, pool.redis.hget("Player:" + player, "MatchmakingSettings"));
    assertEquals(1_772_366_400, pool.redis.zscore("PlayersTimeStartedMatchmaking", player));
    assertEquals("3", pool.redis.hget("Session:" + session, "Capacity"));
    assertEquals("4", pool.redis.hget("Session:" + session, "Seats"));
    assertEquals(FOUR, pool.redis.hget("Session:" + session, "MatchmakingSettings"));
    assertEquals(Set.of(session), pool.redis.smembers("SessionsPerMatchmaking:" + FOUR));
    assertEquals(Set.of(player), pool.redis.smembers("SessionPlayers:" + session));
    assertEquals(1_772_366_400, pool.redis.zscore("SessionsCreationTime", session));
    pool.assertWell();
  }

  @Test
  void the_keys_of_a_full_session_say_that_it_is_ready_and_then_that_it_has_a_server() {
    MatchRequest first = pool.full(DUEL, 2).get(0);
    String session = pool.sessionOf(first).toString();

    assertEquals("0", pool.redis.hget("Session:" + session, "Capacity"));
    assertEquals(Set.of(session), pool.redis.smembers("SessionsReady"));
    assertFalse(pool.redis.exists("SessionsPerMatchmaking:" + DUEL));

    String server = pool.server("203.0.113.7:7777").toString();
    pool.handOverOne();

    assertEquals(
        0,
        pool.redis.exists(
            "SessionsReady",
            "SessionsReadyByAge",
            "SessionsCreationTime",
            "PlayersTimeStartedMatchmaking"));
    assertEquals(1_772_366_412, pool.redis.zscore("SessionsAllocated", session));
    assertEquals(Map.of(server, session), pool.redis.hgetAll("ServersInUse"));
    pool.assertWell();
  }

  @Test
  void a_ticket_is_taken_once_and_again_it_is_the_same() {
    MatchRequest ticket = pool.ticket(UUID.randomUUID(), FOUR, 4);

    assertEquals(new Taken.Anew(), pool.tickets.take(ticket));
    assertEquals(new Taken.Already(), pool.tickets.take(ticket));
    assertEquals(new Taken.Other(ticket.ticketId()), pool.tickets.take(again(ticket)));
    leave(ticket, CANCELLED);
    assertEquals(new Taken.Ended(CANCELLED), pool.tickets.take(ticket));
    assertEquals(new Taken.Anew(), pool.tickets.take(again(ticket)));
    pool.assertWell();
  }

  @Test
  void a_ticket_that_was_refused_for_good_is_not_taken_later_either() {
    MatchRequest open = pool.queue(FOUR, 4);
    MatchRequest other = again(open);

    assertEquals(
        List.of(new Taken.Other(open.ticketId())), pool.tickets.takeForGood(List.of(other)));
    leave(open, CANCELLED);

    assertEquals(
        List.of(new Taken.Ended(new Ending.Refused())), pool.tickets.takeForGood(List.of(other)));
    assertEquals(Optional.empty(), pool.tickets.openTicket(open.playerId(), 4, 1));
  }

  @Test
  void a_player_five_times_in_one_batch_counts_once() {
    UUID player = UUID.randomUUID();
    List<MatchRequest> five =
        IntStream.range(0, 5).mapToObj(i -> pool.ticket(player, DUEL, 2)).toList();

    List<Taken> taken = pool.tickets.takeForGood(five);

    assertEquals(new Taken.Anew(), taken.get(0));
    assertEquals(
        List.of(0, 0, 0, 0),
        taken.subList(1, 5).stream()
            .map(other -> other.equals(new Taken.Other(five.get(0).ticketId())) ? 0 : 1)
            .toList());
    assertEquals(0, pool.place(five.toArray(MatchRequest[]::new)));
    assertEquals(0, pool.place(five.get(0), five.get(0), five.get(0), five.get(0), five.get(0)));
    assertEquals(1, pool.stats.read().buckets().get(0).depth());
    pool.assertWell();
  }

  @Test
  void an_open_ticket_is_told_with_all_that_it_was_taken_with() {
    MatchRequest ticket = pool.queue(FOUR, 4);

    assertEquals(
        Optional.of(ticket), pool.tickets.openTicket(ticket.playerId(), 4, TestPool.REMEMBER));
    assertEquals(Optional.empty(), pool.tickets.openTicket(UUID.randomUUID(), 4, 1));
  }

  @Test
  void a_ticket_is_queued_then_has_a_seat_and_then_a_match() {
    MatchRequest ticket = pool.ticket(UUID.randomUUID(), DUEL, 2);
    assertEquals(Optional.empty(), pool.tickets.ticket(ticket));
    pool.tickets.take(ticket);
    assertFalse(pool.tickets.ticket(ticket).orElseThrow().placed());
    pool.place(ticket);
    assertTrue(pool.tickets.ticket(ticket).orElseThrow().placed());
    pool.match(List.of(ticket, pool.seat(DUEL, 2)), "203.0.113.7:7777");
    assertTrue(pool.tickets.ticket(ticket).orElseThrow().placed());
    assertEquals(Optional.empty(), pool.tickets.ticket(again(ticket)));
  }

  @Test
  void a_batch_fills_one_session_after_another() {
    List<MatchRequest> ten = IntStream.range(0, 10).mapToObj(i -> pool.queue(FOUR, 4)).toList();

    assertEquals(2, pool.place(ten.toArray(MatchRequest[]::new)));

    List<UUID> sessions = ten.stream().map(pool::sessionOf).toList();
    assertEquals(1, Set.copyOf(sessions.subList(0, 4)).size());
    assertEquals(1, Set.copyOf(sessions.subList(4, 8)).size());
    assertEquals(1, Set.copyOf(sessions.subList(8, 10)).size());
    assertEquals(3, Set.copyOf(sessions).size());
    pool.assertWell();
  }

  @Test
  void a_player_gets_a_seat_with_those_of_the_bucket_only() {
    MatchRequest four = pool.seat(FOUR, 4);
    MatchRequest duel = pool.seat(DUEL, 2);
    MatchRequest other = pool.seat(FOUR, 4);

    assertEquals(pool.sessionOf(four), pool.sessionOf(other));
    assertNotEquals(pool.sessionOf(four), pool.sessionOf(duel));
    pool.assertWell();
  }

  @Test
  void placing_again_and_placing_what_has_ended_changes_nothing() {
    MatchRequest stays = pool.seat(FOUR, 4);
    MatchRequest leaves = pool.seat(FOUR, 4);
    leave(leaves, CANCELLED);
    MatchRequest never = pool.ticket(UUID.randomUUID(), FOUR, 4);

    pool.place(stays, leaves, never, stays);

    assertEquals("3", pool.redis.hget("Session:" + pool.sessionOf(stays), "Capacity"));
    assertEquals(Optional.empty(), pool.tickets.openTicket(never.playerId(), 4, 1));
    pool.assertWell();
  }

  @Test
  void who_leaves_the_queue_before_there_is_a_seat_is_gone() {
    MatchRequest ticket = pool.queue(FOUR, 4);

    assertEquals(CANCELLED, leave(ticket, CANCELLED));
    assertEquals(CANCELLED, leave(ticket, TIMED_OUT), "it has ended as it has");
    pool.place(ticket);

    assertEquals(Set.of("Ticket:" + ticket.ticketId(), "MatchmakingBuckets"), pool.keys());
    assertEquals(TestPool.REMEMBER, pool.redis.ttl("Ticket:" + ticket.ticketId()), 1);
  }

  @Test
  void who_leaves_an_open_session_gives_the_seat_back() {
    MatchRequest stays = pool.seat(FOUR, 4);
    MatchRequest leaves = pool.seat(FOUR, 4);

    assertEquals(TIMED_OUT, leave(leaves, TIMED_OUT));

    assertEquals("3", pool.redis.hget("Session:" + pool.sessionOf(stays), "Capacity"));
    pool.assertWell();
    leave(stays, CANCELLED);
    assertEquals(Set.of(), pool.redis.keys("Session*"), "a session without players is removed");
  }

  @Test
  void who_leaves_a_ready_session_opens_it_and_the_next_player_gets_the_seat() {
    List<MatchRequest> four = pool.full(FOUR, 4);
    UUID session = pool.sessionOf(four.get(0));
    pool.server("203.0.113.7:7777");

    leave(four.get(2), CANCELLED);

    assertEquals(List.of(), pool.handOver());
    pool.assertWell();
    MatchRequest next = pool.seat(FOUR, 4);
    MatchMade made = pool.handOverOne();
    assertEquals(session, made.sessionId());
    assertEquals(
        TestPool.ids(List.of(four.get(0), four.get(1), four.get(3), next)), TestPool.ids(made));
    pool.assertWell();
  }

  @Test
  void a_seat_that_is_given_back_goes_at_once_to_who_waits_longest_elsewhere() {
    List<MatchRequest> full = pool.full(FOUR, 4);
    MatchRequest early = pool.seat(FOUR, 4);
    pool.advance(1);
    MatchRequest late = pool.seat(FOUR, 4);

    leave(full.get(1), CANCELLED);

    assertEquals(pool.sessionOf(full.get(0)), pool.sessionOf(early));
    assertEquals(1, pool.redis.scard("SessionsReady"));
    assertEquals(
        Set.of(pool.sessionOf(late).toString()),
        pool.redis.smembers("SessionsPerMatchmaking:" + FOUR));
    pool.assertWell();
  }

  @Test
  void two_players_who_are_left_alone_in_two_full_sessions_meet() {
    List<MatchRequest> first = pool.full(DUEL, 2);
    List<MatchRequest> second = pool.full(DUEL, 2);

    leave(first.get(0), CANCELLED);
    leave(second.get(0), CANCELLED);

    assertEquals(pool.sessionOf(first.get(1)), pool.sessionOf(second.get(1)));
    pool.assertWell();
    pool.match(List.of(first.get(1), second.get(1)), "203.0.113.7:7777");
  }

  @Test
  void who_is_matched_cannot_leave() {
    List<MatchRequest> duel = pool.full(DUEL, 2);
    MatchMade made = pool.match(duel, "203.0.113.7:7777");

    Ending.Matched matched = new Ending.Matched(made.sessionId(), "203.0.113.7:7777");
    for (MatchRequest ticket : duel) {
      assertEquals(matched, leave(ticket, CANCELLED));
      assertEquals(new Taken.Ended(matched), pool.tickets.take(ticket));
      assertEquals(new Sought(matched, false), seek(ticket));
    }
    pool.assertWell();
  }

  @Test
  void a_ticket_stays_matched_however_long_its_player_is_still_to_be_told() {
    for (String ticket : List.of("0:1", "0:2")) {
      UUID player = UUID.randomUUID();
      MatchRequest brief =
          new MatchRequest(player, ticket, "Ada", DUEL, 2, pool.clock.instant(), 60, 60);
      pool.tickets.take(brief);
      pool.place(brief);
    }
    pool.server("203.0.113.7:7777");
    MatchMade made = pool.handOverOne();

    assertEquals(-1, pool.redis.ttl("Ticket:0:1"), "it does not expire meanwhile");
    pool.told(made);
    assertEquals(600, pool.redis.ttl("Ticket:0:1"), 1, "nor before its player's key");
    pool.assertWell();
  }

  @Test
  void the_oldest_session_gets_the_first_server() {
    MatchRequest four = pool.seat(FOUR, 4);
    pool.advance(1);
    List<MatchRequest> duel = pool.full(DUEL, 2);
    MatchRequest[] rest = {pool.queue(FOUR, 4), pool.queue(FOUR, 4), pool.queue(FOUR, 4)};
    pool.place(rest);
    pool.server("203.0.113.7:7777");

    assertEquals(pool.sessionOf(four), pool.handOverOne().sessionId());
    pool.server("203.0.113.8:7777");
    assertEquals(TestPool.ids(duel), TestPool.ids(pool.handOverOne()));
    pool.assertWell();
  }

  @Test
  void no_server_is_given_away_that_was_not_heard_of_within_its_lease() {
    pool.server("203.0.113.7:7777");
    pool.advance(299);
    pool.full(DUEL, 2);

    assertEquals(List.of(), pool.handOver());
    assertEquals(1, pool.stats.read().servers().lost());
    pool.assertWell();
    pool.server("203.0.113.8:7777");
    assertEquals("203.0.113.8:7777", pool.handOverOne().server());
  }

  @Test
  void a_hand_over_without_word_is_told_again_as_it_was_after_the_lease() {
    pool.full(DUEL, 2);
    UUID server = pool.server("203.0.113.7:7777");
    List<String> told = pool.sessions.handOver().handOvers();
    pool.servers.add(
        List.of(new ServerPool.Server(server, "203.0.113.99:7777", ServerPool.State.FREE)));
    pool.server("203.0.113.8:7777");

    pool.advance(9);
    assertEquals(List.of(), pool.handOver());
    pool.advance(1);
    assertEquals(told, pool.sessions.handOver().handOvers());
    assertEquals(List.of(), pool.handOver(), "it has a new lease");
    pool.servers.retire(server);
    pool.advance(10);
    assertEquals(told, pool.sessions.handOver().handOvers(), "also when the server is retired");
    pool.assertWell();
  }

  @Test
  void the_word_that_it_was_sent_ends_a_hand_over_and_its_keys_live_ten_minutes_more() {
    List<MatchRequest> duel = pool.full(DUEL, 2);
    MatchMade made = pool.match(duel, "203.0.113.7:7777");

    pool.advance(3_600);
    assertEquals(List.of(), pool.handOver());
    for (String key :
        List.of(
            "Session:" + made.sessionId(),
            "SessionPlayers:" + made.sessionId(),
            "Player:" + duel.get(0).playerId(),
            "Player:" + duel.get(1).playerId())) {
      assertEquals(600, pool.redis.ttl(key), 1, key);
    }
    assertEquals(TestPool.REMEMBER, pool.redis.ttl("Ticket:" + duel.get(0).ticketId()), 1);
    pool.told(made);
    pool.assertWell();
  }

  @Test
  void a_player_may_queue_anew_while_the_match_before_is_still_to_be_told() {
    List<MatchRequest> duel = pool.full(DUEL, 2);
    pool.server("203.0.113.7:7777");
    MatchMade made = pool.handOverOne();
    MatchRequest next = again(duel.get(0));

    assertEquals(new Taken.Anew(), pool.tickets.take(next));
    pool.place(next);
    pool.assertWell();
    pool.told(made);

    assertEquals(-1, pool.redis.ttl("Player:" + next.playerId()));
    assertInstanceOf(Ending.Matched.class, leave(duel.get(0), CANCELLED));
    assertEquals(CANCELLED, leave(next, CANCELLED));
    pool.assertWell();
  }

  @Test
  void a_hundred_hand_overs_are_told_at_a_time() {
    List<MatchRequest> many = IntStream.range(0, 204).mapToObj(i -> pool.queue(DUEL, 2)).toList();
    pool.place(many.toArray(MatchRequest[]::new));
    for (int i = 0; i < 103; i++) {
      pool.server("203.0.113.7:" + (7_000 + i));
    }

    SessionPool.Due due = pool.sessions.handOver();
    assertEquals(100, due.handOvers().size());
    assertTrue(due.full());
    due = pool.sessions.handOver();
    assertEquals(2, due.handOvers().size());
    assertFalse(due.full());
    pool.assertWell();
  }

  @Test
  void a_request_whose_event_is_late_finds_a_seat_and_the_event_then_changes_nothing() {
    MatchRequest ticket = pool.queue(DUEL, 2);

    assertEquals(new Sought(null, true), seek(ticket));
    UUID session = pool.sessionOf(ticket);
    pool.place(ticket);

    assertEquals(session, pool.sessionOf(ticket));
    assertEquals("1", pool.redis.hget("Session:" + session, "Capacity"));
    pool.assertWell();
  }

  @Test
  void a_request_that_has_its_seat_keeps_it() {
    MatchRequest ticket = pool.seat(DUEL, 2);
    UUID session = pool.sessionOf(ticket);

    assertEquals(new Sought(null, false), seek(ticket));
    assertEquals(session, pool.sessionOf(ticket));
    pool.assertWell();
  }

  @Test
  void a_seat_that_was_found_is_told_again_if_the_answer_is_lost() {
    MatchRequest ticket = pool.queue(DUEL, 2);
    seek(ticket);

    assertEquals(new Sought(null, true), seek(ticket));
    pool.assertWell();
  }

  @Test
  void a_redis_that_has_lost_everything_is_filled_again_in_the_old_order() {
    MatchRequest early = pool.seat(FOUR, 4);
    pool.advance(30);
    MatchRequest late = pool.seat(FOUR, 4);
    pool.redis.flushDB();

    assertEquals(new Sought(null, true), seek(late));
    assertEquals(new Sought(null, true), seek(early));

    assertEquals(pool.sessionOf(early), pool.sessionOf(late));
    assertEquals(
        List.of(early.playerId().toString(), late.playerId().toString()),
        pool.redis.zrange("PlayersTimeStartedMatchmaking", 0, -1));
    assertEquals(
        Optional.of(early), pool.tickets.openTicket(early.playerId(), 4, TestPool.REMEMBER));
    pool.assertWell();
  }

  @Test
  void a_request_takes_the_place_of_a_ticket_that_never_became_one() {
    MatchRequest under = pool.seat(FOUR, 4);
    pool.redis.flushDB();
    MatchRequest ghost = again(under);
    pool.tickets.take(ghost);
    pool.place(ghost);
    MatchRequest partner = pool.seat(FOUR, 4);

    assertEquals(new Sought(null, true), seek(under));

    assertEquals(pool.sessionOf(partner), pool.sessionOf(under));
    assertEquals(new Taken.Ended(new Ending.Refused()), pool.tickets.take(ghost));
    assertEquals("2", pool.redis.hget("Session:" + pool.sessionOf(under), "Capacity"));
    pool.assertWell();
  }

  @Test
  void servers_are_asked_for_once_for_each_session_that_lacks_one() {
    UUID first = pool.sessionOf(pool.full(DUEL, 2).get(0));
    UUID second = pool.sessionOf(pool.full(DUEL, 2).get(0));
    UUID four = pool.sessionOf(pool.full(FOUR, 4).get(0));

    Map<String, List<UUID>> lacking = pool.sessions.handOver().lacking();

    assertEquals(Map.of(DUEL, List.of(first, second), FOUR, List.of(four)), lacking);
    assertEquals(Map.of(), pool.sessions.handOver().lacking());
    pool.sessions.scaleOutAsked(List.of(first, second));
    pool.advance(10);
    assertEquals(
        Map.of(FOUR, List.of(four)),
        pool.sessions.handOver().lacking(),
        "again after the lease, where there was no word that it was sent");
    pool.sessions.scaleOutAsked(List.of(four));
    pool.advance(3_600);
    assertEquals(Map.of(), pool.sessions.handOver().lacking());
    pool.assertWell();
  }

  @Test
  void no_server_is_asked_for_again_when_a_session_is_full_once_more() {
    List<MatchRequest> duel = pool.full(DUEL, 2);
    List<UUID> session = List.of(pool.sessionOf(duel.get(0)));
    pool.sessions.handOver();
    pool.sessions.scaleOutAsked(session);
    leave(duel.get(1), CANCELLED);
    pool.seat(DUEL, 2);

    assertEquals(Map.of(), pool.sessions.handOver().lacking());
    pool.assertWell();
  }

  @Test
  void nothing_is_asked_for_while_there_are_servers_nor_for_who_has_left() {
    List<MatchRequest> duel = pool.full(DUEL, 2);
    leave(duel.get(1), CANCELLED);
    assertEquals(Map.of(), pool.sessions.handOver().lacking());
    pool.seat(DUEL, 2);
    pool.server("203.0.113.7:7777");
    assertEquals(Map.of(), pool.sessions.handOver().lacking());
  }

  @Test
  void the_sweep_takes_out_who_was_left_behind_a_minute_after_its_time() {
    MatchRequest left = pool.seat(FOUR, 4);
    pool.advance(30);
    MatchRequest waits = pool.seat(FOUR, 4);
    pool.advance(90);
    pool.sessions.sweep();
    assertEquals(pool.sessionOf(left), pool.sessionOf(waits), "its request may still do it");
    pool.advance(1);

    pool.sessions.sweep();

    assertNull(pool.sessionOf(left));
    assertEquals(new Taken.Ended(TIMED_OUT), pool.tickets.take(left));
    assertEquals("3", pool.redis.hget("Session:" + pool.sessionOf(waits), "Capacity"));
    pool.assertWell();
  }

  @Test
  void the_sweep_goes_through_all_however_many_they_are() {
    List<MatchRequest> left = new ArrayList<>();
    for (int i = 0; i < 1_201; i++) {
      left.add(pool.ticket(UUID.randomUUID(), "mode=" + i % 700, 2));
    }
    pool.tickets.takeForGood(left);
    pool.place(left.toArray(MatchRequest[]::new));
    pool.advance(60);
    MatchRequest waits = pool.seat(FOUR, 4);
    pool.advance(61);

    pool.sessions.sweep();

    assertEquals(
        List.of(waits.playerId().toString()),
        pool.redis.zrange("PlayersTimeStartedMatchmaking", 0, -1));
    assertEquals(
        List.of(pool.sessionOf(waits).toString()),
        pool.redis.zrange("SessionsCreationTime", 0, -1));
    pool.assertWell();
  }

  @Test
  void the_sweep_gives_back_seats_of_players_whose_keys_are_gone() {
    MatchRequest gone = pool.seat(FOUR, 4);
    MatchRequest waits = pool.seat(FOUR, 4);
    MatchRequest alone = pool.seat(DUEL, 2);
    pool.redis.del("Player:" + gone.playerId(), "Player:" + alone.playerId());

    pool.sessions.sweep();

    assertEquals("3", pool.redis.hget("Session:" + pool.sessionOf(waits), "Capacity"));
    assertFalse(pool.redis.exists("SessionsPerMatchmaking:" + DUEL));
    assertEquals(0, pool.redis.zcard("PlayersPerMatchmaking:" + DUEL));
    pool.assertWell();
  }

  @Test
  void who_sat_in_a_session_whose_keys_are_gone_is_placed_again() {
    MatchRequest alone = pool.seat(DUEL, 2);
    List<MatchRequest> four = pool.full(FOUR, 4);
    List<MatchRequest> three = pool.full("mode=three", 3);
    pool.redis.del(
        "Session:" + pool.sessionOf(alone),
        "Session:" + pool.sessionOf(four.get(0)),
        "SessionPlayers:" + pool.sessionOf(three.get(0)));

    pool.sessions.sweep();
    seek(alone);
    four.forEach(this::seek);
    pool.advance(1);
    three.forEach(this::seek);

    pool.assertWell();
    pool.match(four, "203.0.113.7:7777");
    pool.match(three, "203.0.113.8:7777");
    pool.match(List.of(alone, pool.seat(DUEL, 2)), "203.0.113.9:7777");
  }

  @Test
  void a_hand_over_whose_key_is_gone_stops_no_other() {
    pool.full(DUEL, 2);
    UUID server = pool.server("203.0.113.7:7777");
    MatchMade lost = pool.handOverOne();
    List<MatchRequest> duel = pool.full(DUEL, 2);
    pool.redis.del("Session:" + lost.sessionId());
    pool.advance(10);
    pool.free(server);

    assertEquals(TestPool.ids(duel), TestPool.ids(pool.handOverOne()));
    pool.told(lost);
  }

  @Test
  void a_bucket_is_forgotten_an_hour_after_it_was_last_asked_for() {
    leave(pool.queue(DUEL, 2), CANCELLED);
    MatchRequest waits = pool.queue(FOUR, 4);
    pool.advance(3_601);
    pool.redis.hset("Player:" + waits.playerId(), Map.of("QueuedAt", "1772370000.000"));

    pool.sessions.sweep();

    assertEquals(List.of(FOUR), pool.redis.zrange("MatchmakingBuckets", 0, -1));
  }
}
