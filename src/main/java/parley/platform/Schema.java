package parley.platform;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * The database's schema, in versions under {@code db/migration}. A migration only adds to what the
 * version before it needs, so that an app goes on serving on a newer schema than its own; a change
 * of a procedure that the app must not do without comes with a version of its own.
 */
public final class Schema {

  /** The version that this app needs, which is that of the newest migration. */
  public static final int VERSION = 6;

  private static final int NO_SUCH_TABLE = 1146;

  /** Without the driver's own words, for they may quote a password. */
  private static final String UNREADABLE = "the driver cannot read it";

  private Schema() {}

  /** A database that cannot be migrated; the message says why, and quotes no connection string. */
  public static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnusableException(String why) {
      super("no database is at MYSQL_CONNECTION_STRING: " + why);
    }
  }

  /**
   * Brings the database to this version's schema; does nothing if it is there already, or beyond.
   *
   * @param url a JDBC URL, whose user may change the schema
   * @return the version that the database had, 0 if none
   * @throws UnusableException if it cannot be reached, or refuses the user
   * @throws org.flywaydb.core.api.FlywayException if a migration fails
   */
  public static int migrate(String url) throws UnusableException {
    MysqlDataSource database = new MysqlDataSource();
    int before;
    try {
      database.setURL(url);
      // Asked here, because Flyway would tell it in a page.
      try (Connection connection = database.getConnection()) {
        before = version(connection);
      }
    } catch (SQLException e) {
      throw new UnusableException(reason(e));
    } catch (IllegalArgumentException e) {
      throw new UnusableException(UNREADABLE);
    }
    // On a newer one, Flyway would put this version's procedures in the place of newer ones.
    if (before <= VERSION) {
      Flyway.configure().dataSource(database).load().migrate();
    }
    return before;
  }

  /** The version that the database has, 0 if none. */
  static int version(Connection connection) throws SQLException {
    String sql =
        "SELECT MAX(CAST(version AS UNSIGNED)) FROM flyway_schema_history"
            + " WHERE success = 1 AND version IS NOT NULL";
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      if (e.getErrorCode() == NO_SUCH_TABLE) {
        return 0;
      }
      throw e;
    }
  }

  /** What the network or the server said. */
  private static String reason(SQLException failure) {
    Throwable root = RootCause.of(failure);
    if (failure.getErrorCode() > 0 || root instanceof IOException) {
      return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
    return UNREADABLE;
  }
}
