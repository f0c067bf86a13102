package parley.local.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** How a SQLite file is opened that has one writer, and readers that never wait for it. */
public final class DurableFile {

  private DurableFile() {}

  /** Opens a connection whose commits survive a power cut. Commits are up to the caller. */
  public static Connection writer(Path file) throws SQLException {
    Connection connection = connect(file, false);
    connection.setAutoCommit(false);
    return connection;
  }

  /** Opens a connection that sees what has been committed. */
  public static Connection reader(Path file) throws SQLException {
    return connect(file, true);
  }

  /**
   * Makes the tables in a new file.
   *
   * @param what the file is, for the message
   * @param version of the tables, from 1
   * @param statements that make the tables
   * @throws SQLException if the file was made with tables of another version
   */
  public static void prepare(Connection writer, String what, int version, String... statements)
      throws SQLException {
    try (Statement statement = writer.createStatement()) {
      int found = statement.executeQuery("PRAGMA user_version").getInt(1);
      if (found == 0) {
        for (String table : statements) {
          statement.execute(table);
        }
        statement.execute("PRAGMA user_version = " + version);
      } else if (found != version) {
        throw new SQLException(
            "%s has version %d, and version %d is read here".formatted(what, found, version));
      }
      writer.commit();
    }
  }

  private static Connection connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(5_000);
    config.setReadOnly(readOnly);
    config.setGetGeneratedKeys(false); // else each insert makes a query for them
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }
}
