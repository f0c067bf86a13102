package parley.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import parley.local.functions.FunctionCatalog;
import parley.local.push.PushServer;
import parley.local.services.LocalKeys;
import parley.local.services.MariaDb;
import parley.local.services.Redis;
import parley.local.services.StateFolder;

/**
 * What an app needs behind it: the folder that keeps everything, the keys in it, and each service
 * that the user has not named another for.
 */
final class Backing {

  private final LocalOptions options;
  private final StateFolder folder;
  private final LocalKeys keys;
  private final HubPart hubs;
  private final SignalRPart signalR;
  private final PushPart push;
  private final OwnServers servers;

  /**
   * Takes the folder and the ports, so that it is known what to connect with. Each part goes where
   * a shutdown hook finds it, and is closed after those that are added later.
   *
   * @param ports what else is going to listen, by the names that ports have as options
   */
  Backing(LocalOptions options, Set<String> ports, Parts parts) throws IOException {
    this.options = options;
    folder = parts.add(StateFolder.open(options.state()));
    clean(ports);
    Path state = folder.path();
    keys = LocalKeys.in(state);
    hubs = parts.add(HubPart.prepare(options, keys));
    signalR = parts.add(SignalRPart.start(options, keys));
    push = parts.add(PushPart.start(options, keys, state.resolve("notification-hub.db")));
    servers = parts.add(new OwnServers(options, folder, keys, parts::isClosed));
  }

  /** Has the event hubs served, those that functions are on among them. */
  void openHubs(FunctionCatalog catalog) throws IOException {
    hubs.open(state().resolve("event-hubs.db"), catalog);
  }

  /**
   * Starts the servers, and returns when they can be connected to.
   *
   * @return what an app connects with to all that is not another's, by the setting's name
   */
  Map<String, String> start() throws Exception {
    Map<String, String> connections = new HashMap<>(servers.start());
    hubs.connectionString().ifPresent(text -> connections.put(HubPart.SETTING, text));
    signalR.connectionString().ifPresent(text -> connections.put(SignalRPart.SETTING, text));
    push.server().ifPresent(hub -> connections.put(PushPart.SETTING, hub.connectionString()));
    connections.put("PLAYER_TOKEN_KEY", keys.token());
    return connections;
  }

  /** The folder that holds everything. */
  Path state() {
    return folder.path();
  }

  LocalKeys keys() {
    return keys;
  }

  HubPart hubs() {
    return hubs;
  }

  SignalRPart signalR() {
    return signalR;
  }

  Optional<PushServer> push() {
    return push.server();
  }

  /** The servers that were started, and what is served in their place, with addresses. */
  List<String> descriptions() {
    return Stream.of(
            servers.descriptions(),
            hubs.description().stream().toList(),
            signalR.description().stream().toList(),
            push.description())
        .flatMap(List::stream)
        .toList();
  }

  private void clean(Set<String> ports) throws IOException {
    Path mariaDb = folder.resolve("mariadb");
    Path redis = folder.resolve("redis");
    MariaDb.reap(mariaDb);
    Redis.reap(redis);
    if (options.reset()) {
      folder.reset(List.of(MariaDb.binaries(mariaDb), Redis.binaries(redis)));
    }
    Set<String> uses = new HashSet<>(ports);
    if (!options.settings().containsKey(OwnServers.MYSQL)) {
      uses.add("mariadb");
    }
    if (!options.settings().containsKey(OwnServers.REDIS)) {
      uses.add("redis");
    }
    if (HubPart.isOwn(options)) {
      uses.add("amqp");
    }
    if (SignalRPart.isOwn(options)) {
      uses.add("signalr");
    }
    if (PushPart.isOwn(options)) {
      uses.add("push");
    }
    options.ports().requireFree(uses);
  }
}
