package parley.local;

import com.mysql.cj.jdbc.Driver;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import parley.App;
import parley.FunctionFactory;
import parley.local.services.RootCause;
import parley.local.services.StartException;
import parley.platform.Settings;

/** Parley itself, made at start so that a wrong setting is found then. */
public final class ParleyApp implements HostedApp.Factory {

  /** Without the driver's own words, for they may quote a password. */
  private static final String UNREADABLE = "the driver cannot read it";

  /**
   * {@inheritDoc}
   *
   * @throws StartException if the database cannot be reached, or refuses the user
   */
  @Override
  public void migrate(Map<String, String> settings) {
    requireDatabase(Settings.mysqlConnectionString(settings));
    App.migrate(settings);
  }

  @Override
  public HostedApp make(Map<String, String> settings, Clock clock) {
    App app = new App(settings, clock);
    return new HostedApp(new FunctionFactory(() -> app), app);
  }

  /** Asked here, because the migration would tell it in a page. */
  private static void requireDatabase(String url) {
    try (Connection connection = new Driver().connect(url, new Properties())) {
      if (connection == null) {
        throw unusable("it is no jdbc:mysql://…");
      }
    } catch (SQLException e) {
      throw unusable(reason(e));
    } catch (IllegalArgumentException e) {
      throw unusable(UNREADABLE);
    }
  }

  private static StartException unusable(String why) {
    return new StartException("no database is at MYSQL_CONNECTION_STRING: " + why);
  }

  /** What the network or the server said. */
  private static String reason(SQLException failure) {
    if (failure.getErrorCode() > 0 || RootCause.of(failure) instanceof IOException) {
      return RootCause.line(failure);
    }
    return UNREADABLE;
  }
}
