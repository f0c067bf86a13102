package parley.local.services;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.local.services.ChildServer.Launch;

/**
 * A child server that is started again when it ends by itself: a few times, each told in a line.
 */
final class KeptServer implements AutoCloseable {

  static final int RESTARTS = 3;

  private static final Logger LOG = Logger.getLogger(KeptServer.class.getName());

  private final Launch launch;
  private final BooleanSupplier ending;
  private final Thread keeper;
  private volatile ChildServer server;
  private volatile boolean closed;

  private KeptServer(Launch launch, BooleanSupplier ending, ChildServer server) {
    this.launch = launch;
    this.ending = ending;
    this.server = server;
    this.keeper = new Thread(this::keep, launch.name() + "-keeper");
    keeper.setDaemon(true);
    keeper.start();
  }

  /**
   * Starts the server and waits until it is ready.
   *
   * @param ending whether everything is about to end, and a server that ends is none to care about:
   *     a Ctrl-C may reach both at once
   * @throws StartException as {@link ChildServer#start} does
   */
  static KeptServer start(Launch launch, BooleanSupplier ending) throws IOException {
    Files.deleteIfExists(launch.log());
    return new KeptServer(launch, ending, ChildServer.start(launch));
  }

  /** The process id; another one after the server was started again. */
  long pid() {
    return server.pid();
  }

  /** Ends the server, and a start of it that is under way. */
  @Override
  public void close() {
    closed = true;
    keeper.interrupt();
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }

  private void keep() {
    try {
      for (int restarts = 0; restarts <= RESTARTS; restarts++) {
        int code = server.awaitEnd();
        if (closed || ending.getAsBoolean()) {
          return;
        }
        if (restarts == RESTARTS) {
          giveUp("has ended (exit code %d) once too often".formatted(code));
        } else {
          LOG.warning(
              "%s has ended (exit code %d); it is started again, %d of %d times"
                  .formatted(launch.name(), code, restarts + 1, RESTARTS));
          server.close();
          server = ChildServer.start(launch);
          LOG.warning(launch.name() + " is ready again");
        }
      }
    } catch (InterruptedException e) {
      // By close, which ends the server itself.
      Thread.currentThread().interrupt();
    } catch (StartException | IOException e) {
      if (!closed) {
        LOG.log(Level.FINE, "it cannot be started again", e);
        giveUp("has ended and cannot be started again");
      }
    }
  }

  private void giveUp(String what) {
    LOG.severe("%s %s; see %s and start Parley again".formatted(launch.name(), what, launch.log()));
  }
}
