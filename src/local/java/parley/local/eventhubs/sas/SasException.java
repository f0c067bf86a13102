package parley.local.eventhubs.sas;

/** A token is no good; the message says why, and quotes nothing of it. */
public final class SasException extends Exception {

  private static final long serialVersionUID = 1;

  SasException(String message) {
    super(message);
  }
}
