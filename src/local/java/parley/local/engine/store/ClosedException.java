package parley.local.engine.store;

import java.util.concurrent.RejectedExecutionException;

/** The engine is closed, or is being closed, and takes nothing more. */
public final class ClosedException extends RejectedExecutionException {

  private static final long serialVersionUID = 1;

  ClosedException() {
    super("the durable engine is closed");
  }
}
