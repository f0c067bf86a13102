package parley.game.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parley.game.rules.Sessions.ADA;
import static parley.game.rules.Sessions.BOB;
import static parley.game.rules.Sessions.EVE;
import static parley.game.rules.Sessions.RULES;
import static parley.game.rules.Sessions.START;
import static parley.game.rules.Sessions.accepted;
import static parley.game.rules.Sessions.move;
import static parley.game.rules.Sessions.open;
import static parley.game.rules.Sessions.played;
import static parley.game.rules.Sessions.refused;
import static parley.game.rules.Sessions.started;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import parley.game.rules.GameSession.EndReason;
import parley.game.rules.GameSession.Invitation;
import parley.game.rules.GameSession.Status;
import parley.game.rules.Turn.Reason;

class GameSessionTest {

  private static final Duration DAY = Duration.ofHours(24);

  @Test
  void an_open_session_seats_its_creator_and_waits() {
    GameSession session = open();

    assertEquals(Status.MATCHMAKING, session.status());
    assertEquals("X", session.player(ADA).orElseThrow().seat());
    assertEquals(1, session.version());
    assertNull(session.currentPlayerId());
    assertNull(session.turnDeadline());
  }

  @Test
  void the_second_player_gets_the_other_seat_and_the_game_starts() {
    Instant later = START.plusSeconds(5);

    GameSession session = accepted(open().join(RULES, BOB, "Bob", null, 1, later));

    assertEquals(Status.IN_PROGRESS, session.status());
    assertEquals("O", session.player(BOB).orElseThrow().seat());
    assertEquals(BOB, session.currentPlayerId());
    assertEquals(later.plus(DAY), session.turnDeadline());
    assertEquals(2, session.version());
    assertEquals(later, session.updatedAt());
  }

  @Test
  void who_sits_already_may_join_again_and_nothing_changes() {
    assertInstanceOf(Turn.Repeated.class, started().join(RULES, BOB, "Bob", null, 0, START));
  }

  @Test
  void a_third_player_is_refused() {
    assertEquals(Reason.ALREADY_FULL, refused(started().join(RULES, EVE, "Eve", null, 0, START)));
  }

  @Test
  void a_seat_kept_for_a_player_is_for_nobody_else() {
    GameSession session = open(Map.of(), new Invitation(BOB, null));

    assertEquals(Reason.NOT_INVITED, refused(session.join(RULES, EVE, "Eve", null, 0, START)));
    accepted(session.join(RULES, BOB, "Bob", null, 0, START));
  }

  @Test
  void an_invite_code_opens_the_seat_to_who_knows_it() {
    GameSession session = open(Map.of(), new Invitation(null, "ABCD2345"));

    assertEquals(Reason.NOT_INVITED, refused(session.join(RULES, EVE, "Eve", null, 0, START)));
    assertEquals(
        Reason.NOT_INVITED, refused(session.join(RULES, EVE, "Eve", "WRONG234", 0, START)));
    accepted(session.join(RULES, EVE, "Eve", "ABCD2345", 0, START));
  }

  @Test
  void a_legal_move_passes_the_turn_and_sets_a_new_deadline() {
    Instant later = START.plusSeconds(60);

    GameSession session = accepted(started().play(RULES, move(ADA, 4), later));

    assertEquals("----X----", session.position().board());
    assertEquals(8, session.position().movesLeft());
    assertEquals(BOB, session.currentPlayerId());
    assertEquals(later.plus(DAY), session.turnDeadline());
    assertEquals(3, session.version());
  }

  @Test
  void the_other_player_has_to_wait() {
    assertEquals(Reason.NOT_YOUR_TURN, refused(started().play(RULES, move(BOB, 4), START)));
  }

  @Test
  void a_stranger_may_not_move() {
    assertEquals(Reason.NOT_A_PLAYER, refused(started().play(RULES, move(EVE, 4), START)));
  }

  @Test
  void nobody_moves_before_the_game_has_begun() {
    assertEquals(Reason.NOT_STARTED, refused(open().play(RULES, move(ADA, 4), START)));
  }

  @Test
  void a_malformed_move_is_malformed_whoever_is_to_move() {
    assertEquals(Reason.MALFORMED, refused(started().play(RULES, move(BOB, "x"), START)));
    assertEquals(Reason.MALFORMED, refused(started().play(RULES, move(ADA, 1.5), START)));
  }

  @Test
  void an_illegal_move_changes_nothing_and_does_not_pass_the_turn() {
    assertEquals(Reason.ILLEGAL_MOVE, refused(started().play(RULES, move(ADA, 9), START)));
    assertEquals(Reason.ILLEGAL_MOVE, refused(played(4).play(RULES, move(BOB, 4), START)));
  }

  @Test
  void three_in_a_row_wins() {
    GameSession session = played(0, 3, 1, 4, 2);

    assertEquals(Status.COMPLETED, session.status());
    assertEquals(EndReason.WIN, session.endReason());
    assertEquals(ADA, session.winnerId());
    assertNull(session.currentPlayerId());
    assertNull(session.turnDeadline());
  }

  @Test
  void a_full_board_without_three_in_a_row_is_a_draw() {
    GameSession session = played(0, 1, 2, 4, 3, 5, 7, 6, 8);

    assertEquals(EndReason.DRAW, session.endReason());
    assertNull(session.winnerId());
    assertEquals(0, session.position().movesLeft());
  }

  @Test
  void nothing_can_be_done_to_a_game_that_is_over() {
    GameSession over = played(0, 3, 1, 4, 2);

    assertEquals(Reason.GAME_OVER, refused(over.play(RULES, move(BOB, 8), START)));
    assertEquals(Reason.GAME_OVER, refused(over.forfeit(BOB, START)));
    assertEquals(Reason.GAME_OVER, refused(over.cancel(ADA, START)));
    assertEquals(Reason.GAME_OVER, refused(over.join(RULES, EVE, "Eve", null, 0, START)));
    assertTrue(over.timedOut(START.plus(DAY.multipliedBy(99))).isEmpty());
  }

  @Test
  void a_player_may_give_up_out_of_turn_and_the_other_wins() {
    GameSession session = accepted(started().forfeit(BOB, START));

    assertEquals(EndReason.FORFEIT, session.endReason());
    assertEquals(ADA, session.winnerId());
  }

  @Test
  void a_stranger_cannot_give_up_for_a_player() {
    assertEquals(Reason.NOT_A_PLAYER, refused(started().forfeit(EVE, START)));
  }

  @Test
  void only_the_creator_withdraws_and_only_before_the_start() {
    assertEquals(EndReason.CANCELLED, accepted(open().cancel(ADA, START)).endReason());
    assertEquals(Reason.NOT_THE_CREATOR, refused(open().cancel(BOB, START)));
    assertEquals(Reason.NOT_THE_CREATOR, refused(started().cancel(BOB, START)));
    assertEquals(Reason.ALREADY_STARTED, refused(started().cancel(ADA, START)));
    assertInstanceOf(Turn.Repeated.class, accepted(open().cancel(ADA, START)).cancel(ADA, START));
  }

  @Test
  void a_player_who_lets_the_deadline_pass_loses() {
    GameSession session = started();

    assertTrue(session.timedOut(START.plus(DAY).minusMillis(1)).isEmpty());
    GameSession over = session.timedOut(START.plus(DAY)).orElseThrow();

    assertEquals(EndReason.TIMEOUT, over.endReason());
    assertEquals(BOB, over.winnerId());
  }

  @Test
  void the_settings_say_how_long_a_turn_is() {
    GameSession session = open(Map.of("turnSeconds", 60), new Invitation(null, null));

    GameSession started = accepted(session.join(RULES, BOB, "Bob", null, 0, START));

    assertEquals(START.plusSeconds(60), started.turnDeadline());
  }

  @Test
  void a_move_needs_an_id() {
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class, () -> new Move(null, UUID.randomUUID(), Map.of()));
  }
}
