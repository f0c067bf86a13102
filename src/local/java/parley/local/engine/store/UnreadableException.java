package parley.local.engine.store;

/** Something in the store is not what was once written there. */
public final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
