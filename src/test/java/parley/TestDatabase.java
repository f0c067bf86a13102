package parley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import parley.local.LocalPorts;
import parley.local.services.MariaDb;
import parley.platform.Schema;

/**
 * One MariaDB for all tests of a run, migrated; what a test needs to itself, it names by itself.
 */
public final class TestDatabase {

  private static final String URL = start();

  private TestDatabase() {}

  /** Its JDBC URL. */
  public static String url() {
    return URL;
  }

  /** Its port. */
  public static int port() {
    return URI.create(URL.substring("jdbc:".length())).getPort();
  }

  /** The JDBC URL by which it is reached at another port, where somebody stands in between. */
  public static String urlAt(int port) {
    return URL.replace(":" + port(), ":" + port);
  }

  private static String start() {
    String url = System.getProperty("test.mysql");
    if (url == null) {
      url = startMariaDb();
    }
    try {
      App.migrate(Map.of("MYSQL_CONNECTION_STRING", url));
    } catch (Schema.UnusableException e) {
      throw new IllegalStateException(e);
    }
    return url;
  }

  private static String startMariaDb() {
    try {
      Path folder = Path.of("target", "test-mariadb").toAbsolutePath();
      MariaDb.reap(folder);
      MariaDb server = MariaDb.start(folder, LocalPorts.anyFree(), "tests-only");
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server.connectionString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
