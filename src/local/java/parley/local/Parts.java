package parley.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Whatever has been started, closed in reverse; also in the middle of a start, by a Ctrl-C. */
final class Parts implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Parts.class.getName());

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /**
   * Takes charge of a part.
   *
   * @throws IllegalStateException if the parts are closed already; then this one is, too
   */
  <T extends AutoCloseable> T add(T part) {
    synchronized (this) {
      if (!closed) {
        started.push(part);
        return part;
      }
    }
    close(part);
    throw new IllegalStateException("closed while starting");
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Closes all parts; one that fails is logged and does not keep the others open. */
  @Override
  public void close() {
    Deque<AutoCloseable> closing;
    synchronized (this) {
      closed = true;
      closing = new ArrayDeque<>(started);
      started.clear();
    }
    closing.forEach(Parts::close);
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, e, () -> "closing " + part.getClass().getSimpleName() + " failed");
    }
  }
}
