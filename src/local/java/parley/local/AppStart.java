package parley.local;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import parley.local.services.LocalKeys;
import parley.local.services.MariaDb;
import parley.local.services.Redis;
import parley.local.services.StateFolder;

/**
 * The app and the servers behind it, made on a thread of their own while the rest of the host
 * starts. A function that is called too early waits.
 */
final class AppStart implements FunctionInstanceInjector, AutoCloseable {

  /** Set by the user, this database is used and none started. */
  static final String MYSQL = "MYSQL_CONNECTION_STRING";

  /** Set by the user, this Redis is used and none started. */
  static final String REDIS = "REDIS_CONNECTION_STRING";

  /** Set by the user, these event hubs are used and none served. */
  static final String EVENT_HUBS = "EVENTHUB_CONNECTION_STRING";

  /** Set by the user, this SignalR service is used and none served. */
  static final String SIGNALR = "AzureSignalRConnectionString";

  /** Set by the user, this notification hub is used and none served. */
  static final String NOTIFICATION_HUB = "NOTIFICATIONHUB_CONNECTION_STRING";

  private static final String TOKEN_KEY = "PLAYER_TOKEN_KEY";

  private final LocalOptions options;
  private final StateFolder state;
  private final LocalKeys keys;
  private final Map<String, String> served;
  private final BooleanSupplier ending;
  private final Parts parts = new Parts();
  private final Set<String> services = new ConcurrentSkipListSet<>();
  private final Making<Made> app;

  /** What there is in the end. */
  record Made(Map<String, String> settings, FunctionInstanceInjector functions) {}

  /**
   * Begins at once.
   *
   * @param served what clients of the host's own services connect with, by the setting's name
   * @param ending whether the host has begun to end
   */
  AppStart(
      LocalOptions options,
      StateFolder state,
      LocalKeys keys,
      Map<String, String> served,
      BooleanSupplier ending) {
    this.ending = ending;
    this.served = Map.copyOf(served);
    this.options = options;
    this.state = state;
    this.keys = keys;
    app = new Making<>("app-start", this::make);
  }

  /**
   * Waits until the app is there, and tells all settings that it got.
   *
   * @throws Exception what making it threw
   */
  Map<String, String> settings() throws Exception {
    return app.get().settings();
  }

  /** The servers that were started, with their addresses; complete once the app is there. */
  List<String> services() {
    return List.copyOf(services);
  }

  @Override
  public <T> T getInstance(Class<T> functionClass) throws Exception {
    try {
      return app.await().functions().getInstance(functionClass);
    } catch (ExecutionException thereWillBeNoApp) {
      // The host is about to end. An exception would go into the history as the activity's own, so
      // wait for the engine to interrupt this thread: then the activity runs again another time.
      new CountDownLatch(1).await();
      throw thereWillBeNoApp;
    }
  }

  /** Closes the app, then its servers; breaks off a start under way. */
  @Override
  public void close() {
    app.close();
    parts.close();
  }

  private Made make() throws Exception {
    Map<String, String> settings =
        LocalSettings.layered(options.defaults(), ownSettings(), options.settings());
    options.app().migrate(settings);
    HostedApp hosted = options.app().make(settings, options.clock());
    parts.add(hosted.resources());
    return new Made(settings, hosted.functions());
  }

  /** What the host itself can set: the token key, and the addresses of its servers. */
  private Map<String, String> ownSettings() throws Exception {
    Map<String, String> own = new HashMap<>(served);
    own.put(TOKEN_KEY, keys.token());
    // Beside the others: it takes a second, and far more at the first time.
    Making<Optional<String>> database = parts.add(new Making<>("mariadb-start", this::ownDatabase));
    ownRedis().ifPresent(connection -> own.put(REDIS, connection));
    database.get().ifPresent(connection -> own.put(MYSQL, connection));
    return own;
  }

  /** Starts a MariaDB, unless the user has named a database; returns what to connect with. */
  private Optional<String> ownDatabase() {
    if (options.settings().containsKey(MYSQL)) {
      return Optional.empty();
    }
    int port = LocalPorts.orAnyFree(options.ports().mariaDb());
    MariaDb server =
        parts.add(MariaDb.start(state.folder("mariadb"), port, keys.database(), ending));
    services.add("MariaDB 127.0.0.1:" + port);
    return Optional.of(server.connectionString());
  }

  /** The same with a Redis. */
  private Optional<String> ownRedis() {
    if (options.settings().containsKey(REDIS)) {
      return Optional.empty();
    }
    int port = LocalPorts.orAnyFree(options.ports().redis());
    Redis server = parts.add(Redis.start(state.folder("redis"), port, keys.redis(), ending));
    services.add("Redis 127.0.0.1:" + port);
    return Optional.of(server.connectionString());
  }
}
