package parley.game.rules;

import java.util.Map;
import java.util.UUID;

/**
 * Something that a player did, under an id of the player's own making. Two moves with one id are
 * the same move if they are equal.
 *
 * @param move the game's own move; null when the player gave up
 */
public record Move(UUID moveId, UUID playerId, Map<String, Object> move) {
  public Move {
    if (moveId == null || playerId == null) {
      throw new IllegalArgumentException("a move has an id and a player");
    }
  }

  public static Move forfeit(UUID moveId, UUID playerId) {
    return new Move(moveId, playerId, null);
  }

  public boolean forfeits() {
    return move == null;
  }
}
