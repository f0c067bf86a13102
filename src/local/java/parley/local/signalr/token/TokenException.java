package parley.local.signalr.token;

/** A token is no good; the message says why, and quotes nothing of it. */
public final class TokenException extends Exception {

  private static final long serialVersionUID = 1;

  TokenException(String message) {
    super(message);
  }
}
