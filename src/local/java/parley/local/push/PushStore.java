package parley.local.push;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import parley.local.sqlite.DurableFile;
import parley.platform.Json;

/** The installations, and the notifications that were sent lately: on disk before it returns. */
final class PushStore implements AutoCloseable {

  /** Notifications that are kept. */
  private static final int KEPT = 10_000;

  private static final int VERSION = 1;

  private static final String[] TABLES = {
    "CREATE TABLE installation (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
    // AUTOINCREMENT: a number is given out once, also when the newest has been forgotten.
    "CREATE TABLE push (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL)"
  };

  private final Connection connection;

  /** What is in the table; each notification is held against all of them. */
  private final Map<String, Installation> installations = new ConcurrentHashMap<>();

  private long last;

  private PushStore(Connection connection) {
    this.connection = connection;
  }

  static PushStore open(Path file) throws IOException {
    try {
      Connection connection = DurableFile.writer(file);
      PushStore store = new PushStore(connection);
      try {
        DurableFile.prepare(connection, "the notification hub " + file, VERSION, TABLES);
        store.load();
        return store;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  Optional<Installation> find(String id) {
    return Optional.ofNullable(installations.get(id));
  }

  Collection<Installation> all() {
    return installations.values();
  }

  synchronized void put(Installation installation) throws SQLException {
    String id = installation.installationId();
    write(
        "INSERT INTO installation VALUES (?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
        id,
        Json.write(installation));
    installations.put(id, installation);
  }

  synchronized void remove(String id) throws SQLException {
    if (installations.containsKey(id)) {
      write("DELETE FROM installation WHERE id = ?", id);
      installations.remove(id);
    }
  }

  /** Keeps a notification under the next number. */
  synchronized ReceivedPush add(LongFunction<ReceivedPush> numbered) throws SQLException {
    ReceivedPush push = numbered.apply(last + 1);
    write("INSERT INTO push VALUES (?, ?)", push.number(), Json.write(push));
    last = push.number();
    if (last % 100 == 0) {
      write("DELETE FROM push WHERE number <= ?", last - KEPT);
    }
    return push;
  }

  /** The newest notifications, oldest first. */
  synchronized List<ReceivedPush> newest(int most) throws SQLException {
    return after(Math.max(0, last - most), most);
  }

  /** The notifications after that number, oldest first. */
  synchronized List<ReceivedPush> after(long from, int most) throws SQLException {
    String sql = "SELECT body FROM push WHERE number > ? ORDER BY number LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, from);
      select.setInt(2, most);
      List<ReceivedPush> pushes = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          pushes.add(Json.read(rows.getString(1), ReceivedPush.class));
        }
      }
      connection.rollback();
      return pushes;
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    connection.close();
  }

  private void load() throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT body FROM installation");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        Installation installation = Json.read(rows.getString(1), Installation.class);
        installations.put(installation.installationId(), installation);
      }
    }
    String sql = "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'push'";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      last = row.getLong(1);
    }
    connection.rollback();
  }

  private void write(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
