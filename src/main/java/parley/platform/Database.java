package parley.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/**
 * MySQL: a pool of connections, READ COMMITTED, all times in UTC. A transaction that lost against
 * another one (a deadlock, a lock waited for in vain) is run again; a server that does not answer
 * is a 503, and so is one whose schema is older than this app's, until it has been migrated.
 */
public final class Database implements AutoCloseable {

  private static final int TRIES = 4;

  private final PatientDataSource source;
  private final HikariDataSource pool;
  private final SharedTransactions shared = new SharedTransactions(this);
  private final Semaphore patient = new Semaphore(1);
  private volatile boolean waitedInVain;
  private volatile boolean migrated;

  /** Work on one connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * A statement that changes rows.
   *
   * @param table the first of those whose rows it locks
   * @param key of the row there
   * @param values of its parameters
   */
  public record Write(String table, UUID key, String sql, Object... values) {}

  /**
   * @param url a JDBC URL; may hold a password, and is never logged
   * @param poolSize connections at most
   */
  public Database(String url, int poolSize) {
    source = new PatientDataSource(url, driverProperties());
    HikariConfig config = new HikariConfig();
    config.setPoolName("mysql");
    config.setDataSource(source);
    config.setMaximumPoolSize(poolSize);
    config.setConnectionTimeout(2_000);
    config.setValidationTimeout(1_000);
    // The app starts without its database and heals when it comes back.
    config.setInitializationFailTimeout(-1);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    pool = new HikariDataSource(config);
  }

  /**
   * Runs statements that each stand by themselves.
   *
   * @throws ProblemException 503 if the database does not answer, or its schema is outdated
   */
  public <T> T query(Work<T> work) {
    return run(migrated(work));
  }

  /**
   * Runs work that is committed whole or not at all. It may be run several times: also when it was
   * about to insert what another had inserted since it looked.
   *
   * @throws ProblemException 503 if the database does not answer, or its schema is outdated
   */
  public <T> T transaction(Work<T> work) {
    return run(
        migrated(
            connection -> {
              // Whatever leaves this without a commit, the pool rolls back when it takes it back.
              connection.setAutoCommit(false);
              T result = work.on(connection);
              connection.commit();
              return result;
            }));
  }

  /**
   * Commits writes, in one transaction and one round trip with those of others who come at the same
   * time. In which order they are made is not said, but for those of one key.
   *
   * @return how many rows each has affected
   * @throws DuplicateKeyException if one of them inserts a key that is there already; then none is
   *     made
   * @throws ProblemException 503 if the database does not answer, and then they may have been made,
   *     or if its schema is outdated
   */
  public int[] commit(List<Write> writes) {
    if (writes.isEmpty()) {
      return new int[0];
    }
    // Who would wait for a connection must not have others wait, too: see connect().
    return away() ? shared.alone(writes) : shared.commit(writes);
  }

  /** Throws a 503 problem if the database does not answer. */
  public void ping() {
    run(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement("SELECT 1")) {
            return select.execute();
          }
        });
  }

  /**
   * The version that the schema has, 0 if there is none.
   *
   * @throws ProblemException 503 if the database does not answer
   */
  public int schemaVersion() {
    return run(Schema::version);
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

  /** An instant as the columns hold it: UTC, cut to milliseconds, where the server would round. */
  public static LocalDateTime time(Instant instant) {
    return instant == null
        ? null
        : LocalDateTime.ofInstant(instant.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC);
  }

  /** The instant in a column, or null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    LocalDateTime time = row.getObject(column, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  /** The id in a column, or null. */
  public static UUID id(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : UUID.fromString(text);
  }

  @Override
  public void close() {
    source.close();
    pool.close();
  }

  /** What the URL may still say otherwise. */
  private static Properties driverProperties() {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "2000");
    properties.setProperty("socketTimeout", "5000");
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    // Well below the socket's, so that the server gives up first and says so.
    properties.setProperty("sessionVariables", "innodb_lock_wait_timeout=2");
    properties.setProperty("useServerPrepStmts", "true");
    properties.setProperty("cachePrepStmts", "true");
    // The driver's own limits are 25 statements of 256 characters, and ours are longer.
    properties.setProperty("prepStmtCacheSize", "100");
    properties.setProperty("prepStmtCacheSqlLimit", "4096");
    properties.setProperty("useLocalSessionState", "true");
    // What is written together goes in one round trip. No statement is made of what a caller said:
    // that is parameters alone.
    properties.setProperty("allowMultiQueries", "true");
    // Asks the socket before each read how much is there.
    properties.setProperty("useReadAheadInput", "false");
    return properties;
  }

  /** The same work, refused for as long as the schema is older than this app's. */
  private <T> Work<T> migrated(Work<T> work) {
    return connection -> {
      // Asked until it is so, and never again: a schema only grows.
      if (!migrated) {
        int version = Schema.version(connection);
        if (version < Schema.VERSION) {
          throw Problem.schemaOutdated(version, Schema.VERSION).exception();
        }
        migrated = true;
      }
      return work.on(connection);
    };
  }

  private <T> T run(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = connect()) {
        return work.on(connection);
      } catch (SQLException e) {
        boolean lost = lostToAnother(e);
        if (lost && attempt < TRIES) {
          continue;
        }
        if (lost || unreachable(e)) {
          throw new ProblemException(Problem.unavailable("the database"), e);
        }
        throw new IllegalStateException("the database refused a statement", e);
      }
    }
  }

  /**
   * Waits for a connection. While there is none and one was waited for in vain, only one caller
   * waits: the others are refused at once, instead of holding up whoever they work for.
   */
  private Connection connect() throws SQLException {
    boolean away = away();
    if (away && !patient.tryAcquire()) {
      throw new SQLTransientConnectionException("no connection, and somebody waits for one");
    }
    try {
      Connection connection = pool.getConnection();
      waitedInVain = false;
      return connection;
    } catch (SQLTransientConnectionException e) {
      waitedInVain = true;
      throw e;
    } finally {
      if (away) {
        patient.release();
      }
    }
  }

  /** Whether there is no connection, and one was waited for in vain. */
  private boolean away() {
    return waitedInVain && pool.getHikariPoolMXBean().getTotalConnections() == 0;
  }

  /** A deadlock (1213), a lock not had in time (1205), a key just taken (1062): nothing is done. */
  private static boolean lostToAnother(SQLException e) {
    return Set.of(1213, 1205, 1062).contains(e.getErrorCode());
  }

  private static boolean unreachable(SQLException e) {
    return e instanceof SQLTransientException
        || e instanceof SQLNonTransientConnectionException
        || (e.getSQLState() != null && e.getSQLState().startsWith("08"))
        // The server is shutting down (1053), or ended this connection to do so (1927).
        || e.getErrorCode() == 1053
        || e.getErrorCode() == 1927;
  }
}
