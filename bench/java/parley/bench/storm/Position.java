package parley.bench.storm;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One state of a game in the model: what everybody may see, and what has been played.
 *
 * @param starter who moves first once two play
 * @param invited the only one who may join without the code, or null
 * @param code what opens the free seat, or null
 * @param made what has been recorded, by the id of the move
 */
record Position(
    Snapshot shown, String starter, String invited, String code, Map<String, Act> made) {

  static Position open(String creator, String starter, String invited, String code) {
    Snapshot shown =
        new Snapshot(1, "matchmaking", creator, null, null, "-".repeat(9), 9, null, null);
    return new Position(shown, starter, invited, code, Map.of());
  }

  boolean seats(String player) {
    return player.equals(shown.x()) || player.equals(shown.o());
  }

  String other(String player) {
    return player.equals(shown.x()) ? shown.o() : shown.x();
  }

  Position joined(String player) {
    return with(
        new Snapshot(
            shown.version() + 1,
            "inProgress",
            shown.x(),
            player,
            starter,
            shown.board(),
            shown.left(),
            null,
            null));
  }

  Position played(Act move, int cell) {
    char piece = move.player().equals(shown.x()) ? 'X' : 'O';
    String board = shown.board().substring(0, cell) + piece + shown.board().substring(cell + 1);
    boolean won = Lines.of(board, piece);
    boolean full = shown.left() == 1;
    String end = won ? "win" : full ? "draw" : null;
    Snapshot after =
        new Snapshot(
            shown.version() + 1,
            end == null ? "inProgress" : "completed",
            shown.x(),
            shown.o(),
            end == null ? other(move.player()) : null,
            board,
            shown.left() - 1,
            won ? move.player() : null,
            end);
    return with(after).recorded(move);
  }

  Position ended(String end, String winner) {
    return with(
        new Snapshot(
            shown.version() + 1,
            "completed",
            shown.x(),
            shown.o(),
            null,
            shown.board(),
            shown.left(),
            winner,
            end));
  }

  Position recorded(Act act) {
    Map<String, Act> more = new LinkedHashMap<>(made);
    more.put(act.moveId(), act);
    return new Position(shown, starter, invited, code, more);
  }

  private Position with(Snapshot next) {
    return new Position(next, starter, invited, code, made);
  }

  /** Three in a row, found by adding up a magic square: every line of it makes 15. */
  private static final class Lines {
    private static final int[] MAGIC = {2, 7, 6, 9, 5, 1, 4, 3, 8};

    static boolean of(String board, char piece) {
      for (int a = 0; a < 9; a++) {
        for (int b = a + 1; b < 9; b++) {
          for (int c = b + 1; c < 9; c++) {
            boolean all =
                board.charAt(a) == piece && board.charAt(b) == piece && board.charAt(c) == piece;
            if (all && MAGIC[a] + MAGIC[b] + MAGIC[c] == 15) {
              return true;
            }
          }
        }
      }
      return false;
    }
  }
}
