package parley.local.signalr.rest;

/** A request asks for what there is not; the message is for its sender. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
