package parley.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import parley.local.engine.DurableEngine;
import parley.local.services.StartException;
import parley.local.services.StateFolder;

/**
 * The durable engine by itself, for programs written on the Durable Task SDK's standalone client
 * and worker: {@code mvn -Plocal -Dengine}.
 */
final class EngineHost {

  private final Path store;
  private final DurableEngine engine;

  private EngineHost(Path store, DurableEngine engine) {
    this.store = store;
    this.engine = engine;
  }

  /**
   * Starts the engine, putting each part where a shutdown hook finds it.
   *
   * @param state the folder that the local host keeps everything in
   * @param reset whether to begin with an empty store
   * @param port that of its gRPC, or 0 for any that is free
   * @param retention how long finished instances are kept
   * @throws StartException if it cannot; the message is for users
   */
  static EngineHost start(Path state, boolean reset, int port, Duration retention, Parts parts) {
    StateFolder all = parts.add(StateFolder.open(state)); // so that no host resets it meanwhile
    StateFolder own = parts.add(StateFolder.open(all.folder("engine")));
    if (reset) {
      own.reset(List.of());
    }
    Path store = own.resolve("durable.db");
    try {
      DurableEngine.Options options =
          new DurableEngine.Options(store, port, Clock.systemUTC(), retention);
      return new EngineHost(store, parts.add(DurableEngine.start(options)));
    } catch (IOException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  int port() {
    return engine.grpcPort();
  }

  /** Says what it serves. */
  void print(PrintStream out) {
    out.printf(
        "%nDurable engine: gRPC 127.0.0.1:%d, for the Durable Task SDK's clients and workers.%n"
            + "Turns and activities go to the workers that are connected.%n"
            + "Store: %s%nReady; Ctrl-C ends it.%n",
        port(), store);
    out.flush();
  }
}
