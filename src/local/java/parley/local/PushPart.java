package parley.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.local.push.PushServer;
import parley.local.services.LocalKeys;

/** The notification hub of the local host, unless the user names another. */
record PushPart(Optional<PushServer> server) implements AutoCloseable {

  /** Set by the user, this notification hub is used and none served. */
  static final String SETTING = "NOTIFICATIONHUB_CONNECTION_STRING";

  private static final String NAME = "NOTIFICATIONHUB_NAME";

  /** Starts a hub, if one is to be served here. */
  static PushPart start(LocalOptions options, LocalKeys keys, Path file) throws IOException {
    if (!isOwn(options)) {
      return new PushPart(Optional.empty());
    }
    return new PushPart(
        Optional.of(
            PushServer.start(
                new PushServer.Options(
                    options.ports().push(),
                    file,
                    settings(options).get(NAME),
                    keys.notificationHub(),
                    options.clock()))));
  }

  /** Whether a hub is to be served here. An app that names none has no use for it. */
  static boolean isOwn(LocalOptions options) {
    Map<String, String> settings = settings(options);
    return settings.containsKey(NAME) && !settings.containsKey(SETTING);
  }

  private static Map<String, String> settings(LocalOptions options) {
    return LocalSettings.layered(options.defaults(), options.settings());
  }

  /** Where it is, for a user; nothing if it is not here. */
  List<String> description() {
    return server.stream().map(hub -> "Notification hub " + hub.listUrl()).toList();
  }

  @Override
  public void close() {
    server.ifPresent(PushServer::close);
  }
}
