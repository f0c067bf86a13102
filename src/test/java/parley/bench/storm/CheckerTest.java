package parley.bench.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker finds what is wrong, and lets pass what is only strange. */
class CheckerTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Snapshot OPEN =
      new Snapshot(1, "matchmaking", "xx", null, null, "---------", 9, null, null);
  private static final Snapshot BEGUN =
      new Snapshot(2, "inProgress", "xx", "oo", "xx", "---------", 9, null, null);
  private static final Snapshot MOVED =
      new Snapshot(3, "inProgress", "xx", "oo", "oo", "X--------", 8, null, null);
  private static final Act MOVE = Act.move("xx", "m1", "0");

  private final List<Exchange> history =
      new ArrayList<>(
          List.of(
              exchange(Act.start("xx"), 0, 1, 201, null, OPEN),
              exchange(Act.join("oo", null), 2, 3, 200, null, BEGUN),
              exchange(MOVE, 4, 6, 200, null, MOVED)));

  @Test
  void a_plain_game_is_explained() {
    assertEquals(Optional.empty(), check(played(MOVED)));
  }

  @Test
  void a_repeated_move_and_a_race_for_the_turn_are_explained() {
    history.add(exchange(MOVE, 4, 9, 200, null, MOVED));
    history.add(exchange(Act.move("xx", "m2", "5"), 4, 9, 409, "not-your-turn", MOVED));
    assertEquals(Optional.empty(), check(played(MOVED)));
  }

  @Test
  void an_acknowledged_move_that_the_rows_do_not_have_is_found() {
    assertFound("an answer is not explained", rows(BEGUN));
  }

  @Test
  void a_move_that_is_there_twice_is_found() {
    Rows.Played once = new Rows.Played(3, "m1", "xx", "0", NOON);
    Rows.Played again = new Rows.Played(4, "m1", "xx", "0", NOON);
    assertFound("the rows are no game", rows(MOVED, once, again));
  }

  @Test
  void an_old_state_after_a_newer_answer_is_found() {
    history.add(exchange(Act.look("oo"), 7, 8, 200, null, BEGUN));
    assertFound("an answer is not explained", played(MOVED));
  }

  @Test
  void a_state_before_anybody_asked_for_it_is_found() {
    history.add(exchange(Act.look("oo"), 3, 3, 200, null, MOVED));
    assertFound("an answer is not explained", played(MOVED));
  }

  @Test
  void a_refusal_of_what_was_legal_is_found() {
    history.add(exchange(Act.move("oo", "m2", "5"), 7, 8, 422, "illegal-move", null));
    assertFound("an answer is not explained", played(MOVED));
  }

  @Test
  void an_event_that_was_taken_and_never_had_its_effect_is_found() {
    history.add(exchange(Act.move("oo", "m2", "5").asEvent(), 7, 8, 202, null, null));
    assertFound("an answer is not explained", played(MOVED));
  }

  @Test
  void a_move_after_its_deadline_is_found() {
    Instant late = NOON.plusSeconds(60);
    assertFound("the rows are no game", rows(MOVED, new Rows.Played(3, "m1", "xx", "0", late)));
  }

  @Test
  void what_is_wrong_is_told_with_no_more_than_it_needs() {
    for (int i = 0; i < 40; i++) {
      history.add(exchange(Act.look("xx"), 10 + i, 11 + i, 200, null, MOVED));
    }
    Exchange old = exchange(Act.look("oo"), 60, 61, 200, null, BEGUN);
    history.add(old);
    Rows rows = played(MOVED);

    List<Exchange> shortest =
        Shrink.around(
            "an answer is not explained", history, fewer -> Checker.check(rows, 60, fewer));

    assertEquals(4, shortest.size());
    assertEquals(old, shortest.get(3));
  }

  private void assertFound(String kind, Rows rows) {
    assertEquals(Optional.of(kind), check(rows).map(Violation::kind));
  }

  private Optional<Violation> check(Rows rows) {
    return Checker.check(rows, 60, history);
  }

  private static Rows played(Snapshot session) {
    return rows(session, new Rows.Played(3, "m1", "xx", "0", NOON.plusSeconds(5)));
  }

  private static Rows rows(Snapshot session, Rows.Played... moves) {
    return new Rows(session, null, null, NOON, NOON, null, null, List.of(moves), List.of());
  }

  private static Exchange exchange(
      Act act, long sent, long answered, int status, String type, Snapshot session) {
    return new Exchange(act, sent, answered, status, type, null, session, null, false);
  }
}
