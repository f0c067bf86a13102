package parley.local.signalr.hub;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at all connections, one after the other, so that thousands need no timers of their own. */
public final class Watch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Watch.class.getName());

  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final Duration interval;
  private final Thread thread;
  private volatile boolean closed;

  private Watch(Duration interval) {
    this.interval = interval;
    thread = new Thread(this::run, "signalr-watch");
    thread.setDaemon(true);
  }

  /** Begins at once. */
  public static Watch start(Times times) {
    Watch watch = new Watch(times.interval());
    watch.thread.start();
    return watch;
  }

  public void add(Watched one) {
    watched.add(one);
  }

  public void remove(Watched one) {
    watched.remove(one);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(interval.toNanos());
      long now = System.nanoTime();
      for (Watched one : watched) {
        try {
          one.look(now);
        } catch (RuntimeException e) {
          LOG.log(Level.WARNING, "a connection could not be looked at", e);
        }
      }
    }
  }
}
