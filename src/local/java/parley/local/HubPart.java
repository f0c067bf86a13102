package parley.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import parley.local.eventhubs.EventHubs;
import parley.local.eventhubs.log.EventLog;
import parley.local.eventhubs.trigger.EventHubTriggers;
import parley.local.eventhubs.trigger.LocalCheckpoints;
import parley.local.functions.FunctionCatalog;
import parley.local.services.LocalKeys;

/**
 * The event hubs of the local host: its own, unless the user names others, and in any case the
 * place where functions keep how far they have come.
 */
final class HubPart implements AutoCloseable {

  /** These are there whichever functions there are, for programs that only send or only look. */
  private static final Set<String> ALWAYS =
      Set.of("match-requests", "match-made", "server-scale-out");

  /** Set by the user, these event hubs are used and none served. */
  static final String SETTING = "EVENTHUB_CONNECTION_STRING";

  private final LocalOptions options;
  private final Optional<EventHubs> own;
  private EventLog log;

  private HubPart(LocalOptions options, Optional<EventHubs> own) {
    this.options = options;
    this.own = own;
  }

  /** Takes the port, if hubs are to be served here, so that it is known what to connect with. */
  static HubPart prepare(LocalOptions options, LocalKeys keys) throws IOException {
    return new HubPart(
        options,
        isOwn(options)
            ? Optional.of(EventHubs.bind(options.ports().amqp(), keys.eventHubs()))
            : Optional.empty());
  }

  /** Whether hubs are to be served here. */
  static boolean isOwn(LocalOptions options) {
    return !options.settings().containsKey(SETTING);
  }

  /**
   * Opens the log, and serves, with the hubs that functions are on.
   *
   * @throws IllegalArgumentException if the name of a hub is wrong, or needs a missing setting
   */
  void open(Path file, FunctionCatalog catalog) throws IOException {
    if (own.isEmpty()) {
      log = EventLog.open(file, List.of(), 1, options.clock());
      return;
    }
    UnaryOperator<String> resolve =
        text ->
            LocalSettings.resolve(
                text, LocalSettings.layered(options.defaults(), options.settings()));
    List<String> names = new ArrayList<>(ALWAYS);
    names.addAll(EventHubTriggers.hubs(catalog, resolve, SETTING));
    own.get()
        .serve(
            new EventHubs.Options(
                file,
                names,
                options.hubs().partitions(),
                options.hubs().retention(),
                options.clock()));
    log = own.get().log();
  }

  /** What clients connect with, if hubs are served here. */
  Optional<String> connectionString() {
    return own.map(EventHubs::connectionString);
  }

  /** Where they are, for a user; empty if they are not here. */
  Optional<String> description() {
    return own.map(
        hubs ->
            "Event Hubs 127.0.0.1:%d (%s)".formatted(hubs.port(), String.join(", ", log.names())));
  }

  LocalCheckpoints checkpoints() {
    return new LocalCheckpoints(log);
  }

  void clockMoved() {
    own.ifPresent(EventHubs::clockMoved);
  }

  @Override
  public void close() throws IOException {
    if (own.isPresent()) {
      own.get().close();
    } else if (log != null) {
      log.close();
    }
  }
}
