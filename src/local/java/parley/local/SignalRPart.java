package parley.local;

import java.io.IOException;
import java.util.Optional;
import parley.local.services.LocalKeys;
import parley.local.signalr.SignalRService;

/** The SignalR service of the local host: its own, unless the user names another. */
final class SignalRPart implements AutoCloseable {

  /** Set by the user, this SignalR service is used and none served. */
  static final String SETTING = "AzureSignalRConnectionString";

  private final Optional<SignalRService> own;

  private SignalRPart(Optional<SignalRService> own) {
    this.own = own;
  }

  /** Serves at once, if it is to be served here. */
  static SignalRPart start(LocalOptions options, LocalKeys keys) throws IOException {
    return new SignalRPart(
        isOwn(options)
            ? Optional.of(
                SignalRService.start(options.ports().signalR(), keys.signalR(), options.clock()))
            : Optional.empty());
  }

  /** Whether it is to be served here. */
  static boolean isOwn(LocalOptions options) {
    return !options.settings().containsKey(SETTING);
  }

  /** What servers connect with, if it is served here. */
  Optional<String> connectionString() {
    return own.map(SignalRService::connectionString);
  }

  /** Where it is, for a user; empty if it is not here. */
  Optional<String> description() {
    return own.map(service -> "SignalR http://localhost:" + service.port());
  }

  @Override
  public void close() {
    own.ifPresent(SignalRService::close);
  }
}
