package parley.local.signalr.protocol;

/** A client does not speak the hub protocol; the message may be sent to it. */
public final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1;

  ProtocolException(String message) {
    super(message);
  }
}
