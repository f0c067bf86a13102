package parley.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import parley.local.services.LocalKeys;
import parley.local.services.MariaDb;
import parley.local.services.Redis;
import parley.local.services.StateFolder;

/** A MariaDB and a Redis of this machine's own, unless the user has named others. */
final class OwnServers implements AutoCloseable {

  /** Set by the user, this database is used and none started. */
  static final String MYSQL = "MYSQL_CONNECTION_STRING";

  /** Set by the user, this Redis is used and none started. */
  static final String REDIS = "REDIS_CONNECTION_STRING";

  private final LocalOptions options;
  private final StateFolder state;
  private final LocalKeys keys;
  private final BooleanSupplier ending;
  private final Parts parts = new Parts();
  private final Set<String> descriptions = new ConcurrentSkipListSet<>();

  /**
   * @param ending whether the host has begun to end
   */
  OwnServers(LocalOptions options, StateFolder state, LocalKeys keys, BooleanSupplier ending) {
    this.options = options;
    this.state = state;
    this.keys = keys;
    this.ending = ending;
  }

  /**
   * Starts them, and returns when they can be connected to.
   *
   * @return what to connect with, by the setting's name
   */
  Map<String, String> start() throws Exception {
    Map<String, String> connections = new HashMap<>();
    // Beside the other: it takes a second, and far more at the first time.
    Making<Optional<String>> database = parts.add(new Making<>("mariadb-start", this::database));
    redis().ifPresent(connection -> connections.put(REDIS, connection));
    database.get().ifPresent(connection -> connections.put(MYSQL, connection));
    return connections;
  }

  /** Those that were started, with their addresses. */
  List<String> descriptions() {
    return List.copyOf(descriptions);
  }

  /** Ends them; breaks off a start under way. */
  @Override
  public void close() {
    parts.close();
  }

  private Optional<String> database() {
    if (options.settings().containsKey(MYSQL)) {
      return Optional.empty();
    }
    int port = LocalPorts.orAnyFree(options.ports().mariaDb());
    MariaDb server =
        parts.add(MariaDb.start(state.folder("mariadb"), port, keys.database(), ending));
    descriptions.add("MariaDB 127.0.0.1:" + port);
    return Optional.of(server.connectionString());
  }

  private Optional<String> redis() {
    if (options.settings().containsKey(REDIS)) {
      return Optional.empty();
    }
    int port = LocalPorts.orAnyFree(options.ports().redis());
    Redis server = parts.add(Redis.start(state.folder("redis"), port, keys.redis(), ending));
    descriptions.add("Redis 127.0.0.1:" + port);
    return Optional.of(server.connectionString());
  }
}
