package parley;

import java.util.UUID;

/** Somebody who has signed in. */
public record TestPlayer(String id, String token) {

  /** The body of a turn on tic-tac-toe, under a move id of its own. */
  public static String turn(int cell) {
    return turn(UUID.randomUUID().toString(), cell);
  }

  public static String turn(String moveId, Object cell) {
    return "{\"moveId\":\"%s\",\"move\":{\"cell\":%s}}".formatted(moveId, cell);
  }
}
