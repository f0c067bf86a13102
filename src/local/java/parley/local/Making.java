package parley.local;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something that is being made on a thread of its own. Closing breaks that off; what has been made
 * is not closed.
 */
final class Making<T> implements AutoCloseable {

  private static final long STOP_MILLIS = 3_500;

  private final FutureTask<T> made;

  // Not of a common pool: under exec:java its threads do not see the app's classes.
  private final Thread thread;

  /** Begins at once. */
  Making(String name, Callable<T> how) {
    made = new FutureTask<>(how);
    thread = new Thread(made, name);
    thread.start();
  }

  /**
   * Waits until it is there.
   *
   * @throws ExecutionException if making it failed, and there will be none
   */
  T await() throws InterruptedException, ExecutionException {
    return made.get();
  }

  /**
   * Waits until it is there.
   *
   * @throws Exception what making it threw
   */
  T get() throws Exception {
    try {
      return await();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
