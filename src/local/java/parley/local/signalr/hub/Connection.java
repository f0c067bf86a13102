package parley.local.signalr.hub;

import java.time.Duration;
import java.util.Optional;
import parley.local.signalr.protocol.Outgoing;

/** A client that has shaken hands. */
public final class Connection implements Watched {

  /** What a client has to read its last message. */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final String id;
  private final Optional<String> userId;
  private final Wire wire;
  private final Outbox outbox;
  private final Times times;
  private volatile long heardAt = System.nanoTime();
  private volatile long saidAt = heardAt;
  private volatile long endedAt;
  private volatile boolean ended;
  private volatile boolean pinged;

  public Connection(String id, Optional<String> userId, Wire wire, Times times) {
    this.id = id;
    this.userId = userId;
    this.wire = wire;
    this.times = times;
    this.outbox = new Outbox(wire);
  }

  public String id() {
    return id;
  }

  public Optional<String> userId() {
    return userId;
  }

  /** Sends a first message, before any that was sent to it already. */
  public void open(String message) {
    saidAt = System.nanoTime();
    outbox.open(message);
  }

  /** Sends a message of the protocol, with its end, in the order of the calls. */
  public void send(String message) {
    saidAt = System.nanoTime();
    outbox.put(message);
  }

  /**
   * Says why, and ends.
   *
   * @param why null if nothing is wrong
   */
  public void close(String why, boolean mayReconnect) {
    if (outbox.end(Outgoing.close(why, mayReconnect))) {
      endedAt = System.nanoTime();
      ended = true;
    }
  }

  /** To be called when the client has said something; a ping of its is one of the protocol. */
  public void heard(boolean ping) {
    heardAt = System.nanoTime();
    pinged |= ping;
  }

  /**
   * To be called when the client's socket has answered a ping. That counts only while the client
   * has not sent pings of its own: the oldest clients send none.
   */
  public void socketLives() {
    if (!pinged) {
      heardAt = System.nanoTime();
    }
  }

  @Override
  public void look(long now) {
    if (ended) {
      if (now - endedAt > END_LIMIT.toNanos()) {
        wire.cut();
      }
    } else if (now - heardAt > times.client().toNanos()) {
      close("The client has been silent for %s.".formatted(text(times.client())), true);
    } else if (now - saidAt > times.keepAlive().toNanos() && !outbox.isBusy()) {
      send(Outgoing.PING);
      if (!pinged) {
        wire.ping();
      }
    }
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
