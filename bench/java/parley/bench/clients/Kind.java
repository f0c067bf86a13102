package parley.bench.clients;

/** How a player can be reached when something happens. */
enum Kind {
  /** The game is open: it shows what comes, and says so. */
  ONLINE("online"),
  /** The game has a connection and is not on the screen: it shows nothing, and says nothing. */
  BACKGROUNDED("backgrounded"),
  /** There is a device, and no connection. */
  OFFLINE("offline"),
  /** There is a connection at whose other end nobody reads any more, which nobody knows yet. */
  HALF_OPEN("half-open");

  private final String text;

  Kind(String text) {
    this.text = text;
  }

  boolean connects() {
    return this != OFFLINE;
  }

  @Override
  public String toString() {
    return text;
  }
}
