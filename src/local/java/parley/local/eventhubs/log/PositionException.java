package parley.local.eventhubs.log;

/** A partition has no such position; the message says what it has. */
public final class PositionException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PositionException(String message) {
    super(message);
  }
}
