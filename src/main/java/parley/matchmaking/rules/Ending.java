package parley.matchmaking.rules;

import java.util.UUID;

/** How a ticket ended. */
public sealed interface Ending {

  /** The player asked for it. */
  record Cancelled() implements Ending {}

  /** Its time was over. */
  record TimedOut() implements Ending {}

  /** It never was the player's: another was open. */
  record Refused() implements Ending {}

  /**
   * There is a session and a server.
   *
   * @param server its address, {@code host:port}
   */
  record Matched(UUID sessionId, String server) implements Ending {}

  /** As it is written down. */
  default String text() {
    if (this instanceof Matched matched) {
      return "matched|" + matched.sessionId() + "|" + matched.server();
    }
    return this instanceof Cancelled
        ? "cancelled"
        : this instanceof TimedOut ? "timedOut" : "refused";
  }

  /** Reads what {@link #text} and the scripts write. */
  static Ending of(String text) {
    return switch (text) {
      case "cancelled" -> new Cancelled();
      case "timedOut" -> new TimedOut();
      case "refused" -> new Refused();
      default -> {
        String[] parts = text.split("\\|", 3);
        yield new Matched(UUID.fromString(parts[1]), parts[2]);
      }
    };
  }
}
