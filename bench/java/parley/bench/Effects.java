package parley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the activities have really done, durable before they answer. */
final class Effects implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;
  private final String life;

  private Effects(Connection connection, String life) {
    this.connection = connection;
    this.life = life;
  }

  /**
   * One effect.
   *
   * @param receipt what the activity answered, different for each effect
   * @param life which of the processes did it
   */
  record Effect(String receipt, String life, String instance, int step, String event) {}

  static Effects open(Path folder, String life) throws IOException {
    try {
      Connection connection =
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("effects.db"));
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute(
            "CREATE TABLE IF NOT EXISTS effect (receipt INTEGER PRIMARY KEY, life TEXT,"
                + " instance TEXT, step INTEGER, event TEXT)");
      }
      return new Effects(connection, life);
    } catch (SQLException e) {
      throw new IOException("the store of the effects cannot be opened", e);
    }
  }

  /** The activity: takes a step down, and answers its receipt. */
  synchronized String record(String instance, String input) throws SQLException, IOException {
    CountingEngine.Step step = JSON.readValue(input, CountingEngine.Step.class);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO effect (life, instance, step, event) VALUES (?, ?, ?, ?)"
                + " RETURNING receipt")) {
      insert.setString(1, life);
      insert.setString(2, instance);
      insert.setInt(3, step.step());
      insert.setString(4, step.event());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return JSON.writeValueAsString(row.getString(1));
      }
    }
  }

  /** All of them, in the order in which they were done. */
  synchronized List<Effect> all() throws SQLException {
    List<Effect> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT receipt, life, instance, step, event FROM effect ORDER BY receipt")) {
      while (rows.next()) {
        all.add(
            new Effect(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getInt(4),
                rows.getString(5)));
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("the store of the effects cannot be closed", e);
    }
  }
}
