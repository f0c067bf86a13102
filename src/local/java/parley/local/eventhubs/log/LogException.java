package parley.local.eventhubs.log;

/** The log could not be read or written. */
public final class LogException extends RuntimeException {

  private static final long serialVersionUID = 1;

  LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
