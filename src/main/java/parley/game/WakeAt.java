package parley.game;

import java.time.Duration;
import java.time.Instant;
import parley.game.rules.GameSession;

/** When the sweep has to look at a session. */
final class WakeAt {

  /** Time for the orchestration to hear of a write by itself. */
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Time for the orchestration's own timer. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private WakeAt() {}

  /** After a write, which the orchestration may not hear of. */
  static Instant afterWrite(GameSession session) {
    return session.updatedAt().plus(SOON);
  }

  /**
   * Once the orchestration has seen that version and all that follows from it is done.
   *
   * @return null for never, where there is no deadline
   */
  static Instant onceSeen(Instant turnDeadline) {
    return turnDeadline == null ? null : turnDeadline.plus(GRACE);
  }
}
