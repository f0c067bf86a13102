package parley.game;

import java.time.Duration;
import java.time.Instant;
import parley.game.rules.GameSession;

/** When the sweep has to look at a session that was just written. */
enum WakeAt {
  /** By a request: soon, in case that the orchestration does not hear of it. */
  SOON {
    @Override
    Instant of(GameSession session) {
      return session.updatedAt().plusSeconds(30);
    }
  },
  /** By its orchestration: only if that lets the deadline pass. */
  AFTER_DEADLINE {
    @Override
    Instant of(GameSession session) {
      Instant deadline = session.turnDeadline();
      return deadline == null ? null : deadline.plus(Duration.ofSeconds(60));
    }
  };

  /**
   * @return null for never
   */
  abstract Instant of(GameSession session);
}
