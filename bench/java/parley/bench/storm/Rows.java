package parley.bench.storm;

import java.time.Instant;
import java.util.List;

/**
 * Everything that the database holds of one game.
 *
 * @param joined when the second player came, or null
 * @param wakeAt when a sweep is to look at it, or null for never
 */
record Rows(
    Snapshot session,
    String invited,
    String code,
    Instant joined,
    Instant updated,
    Instant deadline,
    Instant wakeAt,
    List<Played> moves,
    List<Told> told) {

  /**
   * A row of the history.
   *
   * @param version what it has led to
   * @param cell null where the player gave up
   */
  record Played(int version, String moveId, String player, String cell, Instant at) {

    Act act() {
      return cell == null ? Act.forfeit(player, moveId) : Act.move(player, moveId, cell);
    }
  }

  /** A row of the notifications. */
  record Told(long version, String player, String kind) {}
}
