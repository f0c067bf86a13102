package parley.game.rules.tictactoe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.game.rules.GameRules.Outcome;
import parley.game.rules.GameRules.Position;
import parley.game.rules.Turn;
import parley.game.rules.Turn.Reason;

class TicTacToeTest {

  private final TicTacToe rules = new TicTacToe();
  private final Position start = rules.initial(Map.of());

  private Reason refusal(Position position, Object cell) {
    return rules
        .refusal(position, "X", Map.of("cell", cell))
        .map(Turn.Refused::reason)
        .orElse(null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void every_free_cell_may_be_taken(int cell) {
    assertTrue(rules.refusal(start, "X", Map.of("cell", cell)).isEmpty());

    Position after = rules.apply(start, "X", Map.of("cell", cell));

    assertEquals('X', after.board().charAt(cell));
    assertEquals(8, after.movesLeft());
    assertEquals(Reason.ILLEGAL_MOVE, refusal(after, cell));
  }

  @Test
  void a_cell_off_the_board_is_illegal() {
    assertEquals(Reason.ILLEGAL_MOVE, refusal(start, 9));
    assertEquals(Reason.ILLEGAL_MOVE, refusal(start, -1));
    assertEquals(Reason.ILLEGAL_MOVE, refusal(start, 4_294_967_296L));
    assertEquals(Reason.ILLEGAL_MOVE, refusal(start, BigInteger.TEN.pow(30)));
  }

  @Test
  void what_is_no_whole_number_is_malformed() {
    assertEquals(Reason.MALFORMED, refusal(start, 1.5));
    assertEquals(Reason.MALFORMED, refusal(start, "x"));
    assertEquals(Reason.MALFORMED, refusal(start, true));
    assertEquals(Reason.MALFORMED, rules.refusal(start, "X", Map.of()).orElseThrow().reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "XXX------",
        "---XXX---",
        "------XXX",
        "X--X--X--",
        "-X--X--X-",
        "--X--X--X",
        "X---X---X",
        "--X-X-X--"
      })
  void each_of_the_eight_lines_wins(String board) {
    assertEquals(Optional.of(new Outcome("X")), rules.over(new Position(board, 3)));
    assertEquals(
        Optional.of(new Outcome("O")), rules.over(new Position(board.replace('X', 'O'), 3)));
  }

  /** The whole game tree: the known numbers of games that X wins, O wins, and nobody wins. */
  @Test
  void all_255168_games_end_as_the_literature_says() {
    Map<String, Integer> ends = new HashMap<>();
    playOn(start, "X", ends);
    assertEquals(Map.of("X", 131_184, "O", 77_904, "draw", 46_080), ends);
  }

  private void playOn(Position position, String seat, Map<String, Integer> ends) {
    Optional<Outcome> over = rules.over(position);
    if (over.isPresent()) {
      String winner = over.get().winner();
      ends.merge(winner == null ? "draw" : winner, 1, Integer::sum);
      return;
    }
    for (int cell = 0; cell < 9; cell++) {
      Map<String, Object> move = Map.of("cell", cell);
      if (rules.refusal(position, seat, move).isEmpty()) {
        playOn(rules.apply(position, seat, move), rules.next(position, seat), ends);
      }
    }
  }
}
