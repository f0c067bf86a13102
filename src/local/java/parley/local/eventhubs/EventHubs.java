package parley.local.eventhubs;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import parley.local.eventhubs.log.EventLog;
import parley.local.eventhubs.log.LogRetention;
import parley.local.eventhubs.net.Loop;
import parley.local.eventhubs.node.Namespace;
import parley.local.eventhubs.sas.SasKey;

/**
 * A namespace of event hubs in one process and one SQLite file, behind the AMQP that the SDKs of
 * Event Hubs speak. What a producer was told to be accepted is on disk.
 *
 * <p>An event enters by a {@code net} socket, is taken in by a link's end in {@code node}, read by
 * {@code message}, and rests in the {@code log}; a consumer's link takes it from there the same way
 * back.
 */
public final class EventHubs implements AutoCloseable {

  private static final Logger LOG = System.getLogger(EventHubs.class.getName());
  private static final String KEY_NAME = "RootManageSharedAccessKey";

  /** Events on their way to the disk, at which nothing more is read from clients. */
  private static final long BUSY_BYTES = 32 << 20;

  private final Loop loop;
  private final String key;
  private volatile LogRetention retention;
  private volatile EventLog log;

  /**
   * How the hubs are set up.
   *
   * @param file the database file, in a folder that is there
   * @param names hubs that are made if they are not there yet
   * @param partitions how many a new hub gets, 1 to 32
   * @param retention how long an event is kept
   * @param clock what events get their time from
   */
  public record Options(
      Path file, Collection<String> names, int partitions, Duration retention, Clock clock) {

    public Options {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(clock, "clock");
      if (partitions < 1 || partitions > 32) {
        throw new IllegalArgumentException("a hub has 1 to 32 partitions, not " + partitions);
      }
      if (retention.isNegative() || retention.isZero()) {
        throw new IllegalArgumentException("events cannot be kept for " + retention);
      }
      for (String name : names) {
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,254}[A-Za-z0-9])?")) {
          throw new IllegalArgumentException("\"" + name + "\" is no name for an event hub");
        }
      }
    }
  }

  private EventHubs(Loop loop, String key) {
    this.loop = loop;
    this.key = key;
  }

  /**
   * Takes a port of 127.0.0.1. Clients that connect wait until {@link #serve}.
   *
   * @param port 0 for any that is free
   * @param key what clients sign their tokens with
   * @throws IOException if the port is taken
   */
  public static EventHubs bind(int port, String key) throws IOException {
    return new EventHubs(Loop.bind(port), key);
  }

  /**
   * Opens the log, and serves.
   *
   * @throws IOException if somebody else has the log, or it cannot be opened; the message says
   *     which
   */
  public void serve(Options options) throws IOException {
    log = EventLog.open(options.file(), options.names(), options.partitions(), options.clock());
    loop.start(
        new Namespace(log, new SasKey(KEY_NAME, key), loop), () -> log.waitingBytes() > BUSY_BYTES);
    retention = LogRetention.start(log, options.clock(), options.retention());
  }

  /** The port that clients connect to. */
  public int port() {
    return loop.port();
  }

  /** What clients of any language connect with. */
  public String connectionString() {
    return "Endpoint=sb://localhost:%d;SharedAccessKeyName=%s;SharedAccessKey=%s;UseDevelopmentEmulator=true"
        .formatted(port(), KEY_NAME, key);
  }

  /** The log behind, which keeps checkpoints too. */
  public EventLog log() {
    return log;
  }

  /** To be called when the clock was moved by hand: old events are forgotten, soon after. */
  public void clockMoved() {
    retention.clockMoved();
  }

  /** Tells all clients, writes what is waiting, and ends. */
  @Override
  public void close() {
    try {
      loop.close();
      if (retention != null) {
        retention.close();
      }
      if (log != null) {
        log.close();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the event hubs are closed, but not in good order", e);
    }
  }
}
