package parley.bench.storm;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Makes the durable engine's store slow from outside, as a backup or a busy disk does: it holds the
 * lock of the file that each commit needs, over and over.
 */
final class SlowStore {

  /** Enough for a commit that waits: SQLite has it look again each 100 ms. */
  private static final Duration FREE = Duration.ofMillis(150);

  private final Connection connection;
  private final FutureTask<Void> holding;
  private volatile boolean ending;

  /**
   * Begins at once.
   *
   * @param file the engine's store
   * @param each how long the lock is held at a time
   */
  SlowStore(Path file, Duration each) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
    holding = new FutureTask<>(() -> hold(each));
    Thread thread = new Thread(holding, "slow-store");
    thread.setDaemon(true);
    thread.start();
  }

  private Void hold(Duration each) throws SQLException, InterruptedException {
    try (connection;
        Statement statement = connection.createStatement()) {
      while (!ending) {
        statement.execute("BEGIN IMMEDIATE");
        Thread.sleep(each.toMillis());
        statement.execute("ROLLBACK");
        Thread.sleep(FREE.toMillis());
      }
    }
    return null;
  }

  /** Ends it, and returns when the store is as fast as ever. */
  void end() throws SQLException, InterruptedException {
    ending = true;
    try {
      holding.get();
    } catch (ExecutionException e) {
      throw new SQLException("the store could not be held", e);
    }
  }
}
