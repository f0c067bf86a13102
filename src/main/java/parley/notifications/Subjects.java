package parley.notifications;

import java.util.Optional;
import java.util.UUID;

/** What notifications are about; whoever keeps sessions tells. */
@FunctionalInterface
public interface Subjects {

  /** A session as a player may see it; empty if there is none. */
  Optional<Subject> find(UUID sessionId, UUID playerId);

  /**
   * One session.
   *
   * @param version what it has come to
   * @param opponent the name of who plays against the player; empty if nobody does yet
   * @param view what the player may see of it
   */
  record Subject(long version, String opponent, Object view) {}
}
