package parley.local.engine.run;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads that take one piece of work after the other until they are closed. */
final class WorkerThreads<T> implements AutoCloseable {

  private static final Logger LOG = System.getLogger(WorkerThreads.class.getName());
  private static final long GRACE_MILLIS = 300;

  private final String name;
  private final Source<T> source;
  private final Work<T> work;
  private final ExecutorService threads;
  private final Set<Thread> idle = ConcurrentHashMap.newKeySet();
  private volatile boolean closing;
  private volatile boolean breakingOff;

  /** Waits for the next piece of work. */
  interface Source<T> {
    T take() throws InterruptedException;
  }

  /** Does a piece of work. */
  interface Work<T> {
    void on(T piece) throws InterruptedException;
  }

  WorkerThreads(String name, int count, Source<T> source, Work<T> work) {
    this.name = name;
    this.source = source;
    this.work = work;
    this.threads = Executors.newFixedThreadPool(count, new NamedThreads(name));
    for (int i = 0; i < count; i++) {
      threads.execute(this::run);
    }
  }

  boolean closing() {
    return closing;
  }

  /**
   * To be called after user code has returned.
   *
   * @throws InterruptedException if it was broken off: what it returned says nothing then
   */
  void returned() throws InterruptedException {
    Thread.interrupted(); // user code may have left one of its own
    if (breakingOff) {
      throw new InterruptedException(name + " was broken off");
    }
  }

  /**
   * To be called after user code has thrown.
   *
   * @throws InterruptedException if this is closing: it may be for want of what is closing too
   */
  void threw() throws InterruptedException {
    Thread.interrupted();
    if (closing) {
      throw new InterruptedException(name + " is closing");
    }
  }

  private void run() {
    try {
      while (!closing) {
        idle.add(Thread.currentThread());
        T piece = source.take();
        idle.remove(Thread.currentThread());
        attend(piece);
      }
    } catch (InterruptedException e) {
      LOG.log(closing ? Level.DEBUG : Level.ERROR, "a thread of " + name + " ends", e);
      Thread.currentThread().interrupt();
    }
  }

  private void attend(T piece) throws InterruptedException {
    try {
      work.on(piece);
    } catch (RuntimeException | Error e) { // the next piece may fare better
      LOG.log(closing ? Level.DEBUG : Level.ERROR, name + " could not do its work", e);
    }
  }

  /** Lets work end that is about to, and breaks off the rest. */
  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    idle.forEach(Thread::interrupt);
    try {
      if (!threads.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        breakingOff = true;
        threads.shutdownNow();
        threads.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
