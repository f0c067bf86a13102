package parley.local.eventhubs.message;

/** What a client has sent cannot be read; the message says what is wrong. */
public final class MessageException extends Exception {

  private static final long serialVersionUID = 1;

  MessageException(String message, Throwable cause) {
    super(message, cause);
  }

  MessageException(String message) {
    super(message);
  }
}
