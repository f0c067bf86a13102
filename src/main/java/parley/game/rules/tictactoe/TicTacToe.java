package parley.game.rules.tictactoe;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.game.rules.GameRules;
import parley.game.rules.Turn;

/**
 * Three in a row on a board of nine cells, 0 to 8 from the top left. The board is nine characters,
 * {@code -} for a free cell; a move is {@code {"cell": 0..8}}.
 */
public final class TicTacToe implements GameRules {

  private static final char FREE = '-';
  private static final int[][] LINES = {
    {0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {0, 3, 6}, {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {2, 4, 6}
  };

  @Override
  public String game() {
    return "tic-tac-toe";
  }

  @Override
  public List<String> seats() {
    return List.of("X", "O");
  }

  @Override
  public Position initial(Map<String, Object> settings) {
    return new Position("---------", 9);
  }

  @Override
  public Optional<Turn.Refused> refusal(Position position, String seat, Map<String, Object> move) {
    Object cell = move.get("cell");
    if (!(cell instanceof Integer || cell instanceof Long || cell instanceof BigInteger)) {
      return Optional.of(Turn.Refused.malformed("move.cell must be a whole number"));
    }
    if (!(cell instanceof Integer index) || index < 0 || index > 8) {
      return Optional.of(Turn.Refused.illegal("the cells are 0 to 8, got " + cell));
    }
    if (position.board().charAt(index) != FREE) {
      return Optional.of(Turn.Refused.illegal("cell " + index + " is taken"));
    }
    return Optional.empty();
  }

  @Override
  public Position apply(Position position, String seat, Map<String, Object> move) {
    StringBuilder board = new StringBuilder(position.board());
    board.setCharAt((Integer) move.get("cell"), seat.charAt(0));
    return new Position(board.toString(), position.movesLeft() - 1);
  }

  @Override
  public Optional<Outcome> over(Position position) {
    String board = position.board();
    for (int[] line : LINES) {
      char piece = board.charAt(line[0]);
      if (piece != FREE && piece == board.charAt(line[1]) && piece == board.charAt(line[2])) {
        return Optional.of(new Outcome(String.valueOf(piece)));
      }
    }
    return position.movesLeft() == 0 ? Optional.of(new Outcome(null)) : Optional.empty();
  }
}
