package parley.bench.load;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.SQLiteConfig;

/**
 * How long after a commit the orchestration has reached that version: it says so in its custom
 * status, which is read from the engine's store, so that the app is not troubled with asking.
 */
final class Lag implements AutoCloseable {

  private static final long EVERY_MILLIS = 50;

  private record Committed(long version, long nanos) {}

  private final Connection store;
  private final Thread watcher = new Thread(this::watch, "lag");
  private final Map<String, Deque<Committed>> behind = new ConcurrentHashMap<>();
  private final Latencies lags = new Latencies();
  private volatile boolean closed;
  private volatile SQLException failure;

  Lag(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(5_000);
    store = config.createConnection("jdbc:sqlite:" + file);
    // All that is looked at in one go is looked at in one state of the store, which is far cheaper.
    store.setAutoCommit(false);
    watcher.start();
  }

  /** A version has just been acknowledged. */
  void committed(String sessionId, long version) {
    behind.compute(
        sessionId,
        (id, known) -> {
          Deque<Committed> versions = known == null ? new ArrayDeque<>() : known;
          versions.add(new Committed(version, System.nanoTime()));
          return versions;
        });
  }

  /** Waits until no orchestration is behind. */
  void awaitNone() throws InterruptedException, SQLException {
    while (!behind.isEmpty()) {
      Thread.sleep(EVERY_MILLIS);
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** What has been measured; forgets it. */
  Latencies take() {
    return lags.take();
  }

  private void watch() {
    String sql = "SELECT json_extract(custom_status, '$.version') FROM instance WHERE id = ?";
    try (PreparedStatement select = store.prepareStatement(sql)) {
      while (!closed) {
        for (Iterator<String> ids = behind.keySet().iterator(); ids.hasNext(); ) {
          look(select, ids.next());
        }
        store.commit();
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (SQLException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(PreparedStatement select, String sessionId) throws SQLException {
    select.setString(1, sessionId);
    try (ResultSet row = select.executeQuery()) {
      long reached = row.next() ? row.getLong(1) : 0;
      long now = System.nanoTime();
      behind.computeIfPresent(sessionId, (id, versions) -> reached(versions, reached, now));
    }
  }

  private synchronized Deque<Committed> reached(Deque<Committed> versions, long reached, long now) {
    while (!versions.isEmpty() && versions.peek().version() <= reached) {
      lags.add(now - versions.remove().nanos());
    }
    return versions.isEmpty() ? null : versions;
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    store.close();
  }
}
