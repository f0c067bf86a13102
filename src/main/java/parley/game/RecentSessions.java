package parley.game;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import parley.game.SessionRows.Row;
import parley.platform.RecentlyUsed;

/**
 * The sessions that this process has just written, so that players who answer each other at once
 * need not have the row read for each move. Somebody else may have written since: what comes of one
 * of these counts only once a write that names its version has gone through.
 */
final class RecentSessions {

  private static final int MOST = 2_000;

  /** Counted from the reading of the row: after that, a player's new name is seen. */
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Entry(Row row, long readAt) {}

  private final RecentlyUsed<UUID, Entry> entries = new RecentlyUsed<>(MOST);

  /** Remembers what has been committed. */
  void written(Row row) {
    UUID sessionId = row.session().sessionId();
    Entry before = entries.get(sessionId);
    long now = System.nanoTime();
    boolean fresh = before != null && now - before.readAt() < KEPT_NANOS;
    entries.put(sessionId, new Entry(row, fresh ? before.readAt() : now));
  }

  /** A session as this process has committed it; empty if that was too long ago. */
  Optional<Row> find(UUID sessionId) {
    Entry entry = entries.get(sessionId);
    if (entry == null || System.nanoTime() - entry.readAt() >= KEPT_NANOS) {
      return Optional.empty();
    }
    return Optional.of(entry.row());
  }
}
