package parley.bench.clients;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A player with a device, and what is shown there. As every client has to, it shows an id once, and
 * nothing that has expired.
 */
final class Person {

  /** What has brought something to the screen. */
  enum By {
    CONNECTION,
    PUSH
  }

  /** What a message on a connection calls for. */
  enum Reaction {
    /** It is shown: say so. */
    SHOW,
    /** It was shown before: say so again, for the first time may not have been heard. */
    SAY,
    /** Nothing is shown and nothing said. */
    IGNORE
  }

  private final Kind kind;
  private final String id;
  private final String token;
  private final Map<String, By> shown = new HashMap<>();
  private final Set<String> acknowledged = new HashSet<>();
  private int ignored;
  private int late;
  private int again;
  private int afterReceipt;

  Person(Kind kind, String id, String token) {
    this.kind = kind;
    this.id = id;
    this.token = token;
  }

  Kind kind() {
    return kind;
  }

  String id() {
    return id;
  }

  String token() {
    return token;
  }

  /** The installation of the game on the player's device. */
  String phone() {
    return "phone-" + id;
  }

  /** A message has come on the connection. */
  synchronized Reaction told(String notification, Instant expiresAt, Instant now) {
    if (kind == Kind.BACKGROUNDED) {
      ignored++;
      return Reaction.IGNORE;
    }
    if (!now.isBefore(expiresAt)) {
      late++;
      return Reaction.IGNORE;
    }
    if (shown.putIfAbsent(notification, By.CONNECTION) != null) {
      again++;
      return Reaction.SAY;
    }
    return Reaction.SHOW;
  }

  /** The app has heard that it was shown. */
  synchronized void acknowledged(String notification) {
    acknowledged.add(notification);
  }

  /** Whether the app has heard of all that was shown by the connection. */
  synchronized boolean hasSaidAll() {
    return shown.entrySet().stream()
        .allMatch(one -> one.getValue() == By.PUSH || acknowledged.contains(one.getKey()));
  }

  /** A push has come; true if it is shown. */
  synchronized boolean pushed(String notification) {
    if (acknowledged.contains(notification)) {
      afterReceipt++;
    }
    if (shown.putIfAbsent(notification, By.PUSH) != null) {
      again++;
      return false;
    }
    return true;
  }

  /** What was shown, and what has brought it. */
  synchronized Map<String, By> shown() {
    return Map.copyOf(shown);
  }

  /** Messages that came while the game was not on the screen. */
  synchronized int ignored() {
    return ignored;
  }

  /** Messages that came when they had expired. */
  synchronized int late() {
    return late;
  }

  /** What came once more, by whichever way. */
  synchronized int again() {
    return again;
  }

  /** Pushes of what the app had been told was shown. */
  synchronized int afterReceipt() {
    return afterReceipt;
  }
}
