package parley.game.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One kind of game for two players, as pure functions of a {@link Position}. To add a game,
 * implement this in a package of its own and name it once, where the app is composed.
 */
public interface GameRules {

  /** What players start it by, such as {@code tic-tac-toe}. */
  String game();

  /** The names of the two seats, in the order in which they are taken. */
  List<String> seats();

  /** Why the game cannot be played with these settings, or empty if it can. */
  default Optional<Turn.Refused> settingsRefusal(Map<String, Object> settings) {
    return TurnTime.refusal(settings);
  }

  /** The position before the first move. */
  Position initial(Map<String, Object> settings);

  /**
   * Judges a move without making it.
   *
   * @param move the move as the player sent it: a JSON object, its whole numbers as Integer, Long
   *     or BigInteger
   * @return empty if it is legal, else a refusal: malformed or illegal
   */
  Optional<Turn.Refused> refusal(Position position, String seat, Map<String, Object> move);

  /** The position after a legal move. */
  Position apply(Position position, String seat, Map<String, Object> move);

  /** How the game has ended, or empty while it goes on. */
  Optional<Outcome> over(Position position);

  /**
   * The board as the player in that seat may see it.
   *
   * @param seat null for somebody who does not play
   */
  default String view(Position position, String seat) {
    return position.board();
  }

  /** Who moves after that seat has moved: the other one, unless the game says otherwise. */
  default String next(Position position, String moved) {
    return seats().get(1 - seats().indexOf(moved));
  }

  /**
   * Where the pieces stand.
   *
   * @param board the game's own text for it
   * @param movesLeft moves until the game is over at the latest, at most 127
   */
  record Position(String board, int movesLeft) {
    public Position {
      if (movesLeft < 0 || movesLeft > Byte.MAX_VALUE) {
        throw new IllegalArgumentException("moves left are 0 to 127, got " + movesLeft);
      }
    }
  }

  /**
   * The end of a game.
   *
   * @param winner the winning seat; null for a draw
   */
  record Outcome(String winner) {}
}
