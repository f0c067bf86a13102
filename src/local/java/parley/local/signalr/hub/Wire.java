package parley.local.signalr.hub;

/** The socket under a connection. Nothing here waits for the client. */
public interface Wire {

  /**
   * Sends a text.
   *
   * @param done called when the next may be sent, in whichever thread; never if the socket breaks
   */
  void send(String text, Runnable done);

  /** Asks the client's socket for a sign of life. */
  void ping();

  /** Ends in good order. */
  void close();

  /** Ends at once, whatever is under way. */
  void cut();
}
