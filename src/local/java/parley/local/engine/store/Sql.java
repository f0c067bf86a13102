package parley.local.engine.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection that keeps its prepared statements. One thread at a time. */
final class Sql implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row of a result. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Returns how many rows were touched. */
  int update(String statement, Object... values) throws SQLException {
    return bound(statement, values).executeUpdate();
  }

  <T> List<T> list(Row<T> reader, String query, Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = bound(query, values).executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  /** Hands over row after row, as long as the reader answers true. */
  void each(Row<Boolean> reader, String query, Object... values) throws SQLException {
    try (ResultSet rows = bound(query, values).executeQuery()) {
      boolean goOn = true;
      while (goOn && rows.next()) {
        goOn = reader.read(rows);
      }
    }
  }

  /** The first row, if there is one. */
  <T> Optional<T> first(Row<T> reader, String query, Object... values) throws SQLException {
    try (ResultSet rows = bound(query, values).executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    }
  }

  /** The number that a query of one row and column answers. */
  long number(String query, Object... values) throws SQLException {
    return first(row -> row.getLong(1), query, values).orElseThrow();
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollback() throws SQLException {
    connection.rollback();
  }

  private PreparedStatement bound(String text, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(text);
    if (statement == null) {
      statement = connection.prepareStatement(text);
      prepared.put(text, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : prepared.values()) {
      statement.close();
    }
    connection.close();
  }
}
