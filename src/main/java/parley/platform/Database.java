package parley.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * MySQL: a pool of connections, READ COMMITTED, all times in UTC. A transaction that lost against
 * another one (a deadlock, a lock waited for in vain) is run again; a server that does not answer
 * is a 503.
 */
public final class Database implements AutoCloseable {

  private static final int TRIES = 10;

  private final HikariDataSource pool;

  /** Work on one connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Throws a 503 problem if the database does not answer. */
  public void ping() {
    query(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement("SELECT 1")) {
            return select.execute();
          }
        });
  }

  /** A unique key exists already; nothing was written. */
  public static final class DuplicateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateException(SQLException cause) {
      super(cause);
    }
  }

  /**
   * @param url a JDBC URL; may hold a password, and is never logged
   * @param poolSize connections at most
   */
  public Database(String url, int poolSize) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("mysql");
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(poolSize);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    // The app starts without its database and heals when it comes back.
    config.setInitializationFailTimeout(-1);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.addDataSourceProperty("connectTimeout", 2_000);
    config.addDataSourceProperty("socketTimeout", 10_000);
    config.addDataSourceProperty("connectionTimeZone", "UTC");
    config.addDataSourceProperty("forceConnectionTimeZoneToSession", true);
    config.addDataSourceProperty("useServerPrepStmts", true);
    config.addDataSourceProperty("cachePrepStmts", true);
    config.addDataSourceProperty("useLocalSessionState", true);
    pool = new HikariDataSource(config);
  }

  /**
   * Runs statements that each stand by themselves.
   *
   * @throws ProblemException 503 if the database does not answer
   */
  public <T> T query(Work<T> work) {
    return run(work);
  }

  /**
   * Runs work that is committed whole or not at all; it may be run several times.
   *
   * @throws ProblemException 503 if the database does not answer
   */
  public <T> T transaction(Work<T> work) {
    return run(
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = work.on(connection);
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
          } finally {
            connection.setAutoCommit(true);
          }
        });
  }

  /** Prepares a statement and sets its parameters in order; an id goes in as its text. */
  public static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      set(statement, values);
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** Sets a statement's parameters in order; an id goes in as its text. */
  public static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i] instanceof UUID id ? id.toString() : values[i]);
    }
  }

  /** An instant as the columns hold it: UTC, milliseconds. */
  public static LocalDateTime time(Instant instant) {
    return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  public static Instant instant(LocalDateTime time) {
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T run(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = pool.getConnection()) {
        return work.on(connection);
      } catch (SQLException e) {
        if (lostToAnother(e) && attempt < TRIES) {
          continue;
        }
        if (lostToAnother(e) || unreachable(e)) {
          throw new ProblemException(Problem.unavailable("the database"), e);
        }
        if (e.getErrorCode() == 1062) {
          throw new DuplicateException(e);
        }
        throw new IllegalStateException("the database refused a statement", e);
      }
    }
  }

  /** A deadlock (1213), or a lock not had in time (1205): nothing was changed. */
  private static boolean lostToAnother(SQLException e) {
    return e.getErrorCode() == 1213 || e.getErrorCode() == 1205;
  }

  private static boolean unreachable(SQLException e) {
    return e instanceof SQLTransientException
        || e instanceof SQLNonTransientConnectionException
        || (e.getSQLState() != null && e.getSQLState().startsWith("08"))
        // The server is shutting down (1053), or ended this connection to do so (1927).
        || e.getErrorCode() == 1053
        || e.getErrorCode() == 1927;
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
