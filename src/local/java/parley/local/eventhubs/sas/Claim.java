package parley.local.eventhubs.sas;

import java.time.Instant;
import java.util.Locale;

/**
 * What a token lets its bearer do: everything at and below a path, for a time.
 *
 * @param path as {@link #path} makes it; empty for all hubs
 */
record Claim(String path, Instant expiresAt) {

  /** Whether the path is this claim's, or below it. */
  boolean covers(String wanted, Instant now) {
    return now.isBefore(expiresAt)
        && (path.isEmpty() || wanted.equals(path) || wanted.startsWith(path + "/"));
  }

  /**
   * The path of an audience such as {@code amqp://localhost/Hub/}, in lower case and without
   * slashes around it. The host does not count: this machine has many names. Nor does a query, with
   * which clients over HTTP sign their addresses.
   */
  static String path(String audience) {
    String rest = audience.replaceFirst("^[A-Za-z]+://", "").replaceFirst("\\?.*", "");
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "" : rest.substring(slash);
    return path.replaceAll("^/+|/+$", "").toLowerCase(Locale.ROOT);
  }
}
