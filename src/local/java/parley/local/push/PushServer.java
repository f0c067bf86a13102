package parley.local.push;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import parley.local.eventhubs.sas.SasKey;

/**
 * A notification hub on this machine: takes installations and notifications as Azure does, and
 * shows at {@code GET /notificationhub} what would have appeared on which devices.
 */
public final class PushServer implements AutoCloseable {

  private static final String KEY_NAME = "DefaultFullSharedAccessSignature";
  private static final int MOST_THREADS = 8;

  private final PushStore store;
  private final HubRoutes routes;
  private final String key;
  private final Javalin server;

  /**
   * How a hub is.
   *
   * @param port at 127.0.0.1; 0 for any that is free
   * @param file that holds the installations, and what was sent lately
   * @param hub its name
   * @param key that clients sign with
   */
  public record Options(int port, Path file, String hub, String key, Clock clock) {

    /** Shows no key, so that none gets into a log. */
    @Override
    public String toString() {
      return "PushServer.Options " + hub;
    }
  }

  private PushServer(Options options, PushStore store) {
    this.store = store;
    key = options.key();
    routes = new HubRoutes(options.hub(), new SasKey(KEY_NAME, key), options.clock(), store);
    server = Javalin.create(config -> configure(config, routes));
    server.start("127.0.0.1", options.port());
  }

  /**
   * Opens the hub.
   *
   * @throws IOException if its file cannot be read
   */
  public static PushServer start(Options options) throws IOException {
    PushStore store = PushStore.open(options.file());
    try {
      return new PushServer(options, store);
    } catch (RuntimeException e) {
      close(store);
      throw e;
    }
  }

  /** What clients connect with. */
  public String connectionString() {
    return "Endpoint=http://127.0.0.1:%d/;SharedAccessKeyName=%s;SharedAccessKey=%s"
        .formatted(port(), KEY_NAME, key);
  }

  public int port() {
    return server.port();
  }

  /** Where one sees what was sent. */
  public String listUrl() {
    return "http://127.0.0.1:" + port() + HubRoutes.LIST;
  }

  /** The notifications after that number, oldest first, at most {@code most}; for tests. */
  public List<ReceivedPush> pushes(long after, int most) {
    try {
      return store.after(after, most);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether there is such an installation; for tests. */
  public boolean has(String installationId) {
    return store.find(installationId).isPresent();
  }

  /**
   * Refuses everything with a status such as 429 or 503 until {@link #recover}; for tests.
   *
   * @param retryAfter null for no such header
   */
  public void trouble(int status, Duration retryAfter) {
    routes.trouble(new Trouble(status, retryAfter));
  }

  /** How many requests it has refused for trouble; for tests. */
  public int refused() {
    return routes.refused();
  }

  /** Ends the trouble. */
  public void recover() {
    routes.trouble(null);
  }

  /** Has an installation's platform give up its token, as when the game is deleted; for tests. */
  public void expire(String installationId) {
    try {
      store.put(store.find(installationId).orElseThrow().expired());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (JavalinException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    } finally {
      close(store);
    }
  }

  private static void close(PushStore store) {
    try {
      store.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void configure(JavalinConfig config, HubRoutes hub) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 2);
    // What is not acknowledged is sent again: no need to wait for requests under way.
    config.jetty.modifyServer(server -> server.setStopTimeout(0));
    hub.routes(config.routes);
  }
}
