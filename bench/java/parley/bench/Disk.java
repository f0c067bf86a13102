package parley.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** How fast the disk is, without which no figure of a durable engine says much. */
final class Disk {

  private static final int COMMITS = 2_000;

  /** So many until its log no longer grows, which costs more than writing it over. */
  private static final int WARM_UP = 2_000;

  private Disk() {}

  /** How many transactions of one row SQLite commits a second, one after the other. */
  static double commitsPerSecond(Path folder) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    try (Connection connection =
        config.createConnection("jdbc:sqlite:" + folder.resolve("disk.db"))) {
      connection.createStatement().execute("CREATE TABLE row (id INTEGER PRIMARY KEY)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO row VALUES (?)")) {
        commit(insert, 0, WARM_UP);
        long began = System.nanoTime();
        commit(insert, WARM_UP, WARM_UP + COMMITS);
        return COMMITS * (double) TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - began);
      }
    }
  }

  private static void commit(PreparedStatement insert, int from, int to) throws SQLException {
    for (int i = from; i < to; i++) {
      insert.setInt(1, i);
      insert.executeUpdate();
    }
  }
}
