package parley.platform;

import com.mysql.cj.jdbc.MysqlDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Opens connections for the pool, and while the server is away tries four times a second. The pool
 * itself would wait up to five seconds between two tries, and be that late when the server is back.
 */
final class PatientDataSource extends MysqlDataSource {
  private static final long serialVersionUID = 1L;

  private static final long BETWEEN_MILLIS = 250;

  /** Then the pool is told, so that it can see whether it still wants one. */
  private static final int TRIES = 40;

  private volatile boolean closed;

  /**
   * @param url wins over the properties where both say something
   */
  PatientDataSource(String url, Properties properties) {
    initializeProperties(properties);
    setURL(url);
  }

  @Override
  protected Connection getConnection(Properties properties) throws SQLException {
    for (int tries = 1; ; tries++) {
      try {
        return super.getConnection(properties);
      } catch (SQLException e) {
        boolean away = e.getSQLState() != null && e.getSQLState().startsWith("08");
        if (!away || closed || tries == TRIES) {
          throw e;
        }
        pause(e);
      }
    }
  }

  /** So many seconds the pool waits for the threads that open connections, when it closes. */
  @Override
  public int getLoginTimeout() {
    return 2;
  }

  /** Has nobody wait any longer: a pool that closes waits for its own threads. */
  void close() {
    closed = true;
  }

  private static void pause(SQLException failure) throws SQLException {
    try {
      Thread.sleep(BETWEEN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }
}
