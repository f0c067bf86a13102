package parley.local.signalr.hub;

import java.time.Duration;

/**
 * How long is waited for what, by the clock of the machine.
 *
 * @param handshake for the first message of a client
 * @param keepAlive before a connection on which nothing was sent is sent a ping
 * @param client for a silent client; it, too, sends pings
 */
public record Times(Duration handshake, Duration keepAlive, Duration client) {

  /** As in Azure. */
  public static final Times USUAL =
      new Times(Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(30));

  /** How often connections are looked at: often enough for the shortest of these. */
  Duration interval() {
    Duration quarter = keepAlive.dividedBy(4);
    Duration second = Duration.ofSeconds(1);
    return quarter.compareTo(second) < 0 ? quarter : second;
  }
}
