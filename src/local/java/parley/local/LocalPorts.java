package parley.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import parley.local.services.StartException;

/**
 * Where the local host listens, at 127.0.0.1; 0 stands for any port that is free.
 *
 * @param http functions and management API; {@code -Dport.http}, 7071
 * @param durable the durable engine's gRPC; {@code -Dport.durable}, 4001
 * @param mariaDb the embedded MariaDB; {@code -Dport.mariadb}, 3307
 * @param redis the embedded Redis; {@code -Dport.redis}, 6380
 * @param amqp the event hubs; {@code -Dport.amqp}, 5672
 * @param signalR the SignalR service; {@code -Dport.signalr}, 8888
 * @param push the notification hub; {@code -Dport.push}, 8889
 */
public record LocalPorts(
    int http, int durable, int mariaDb, int redis, int amqp, int signalR, int push) {

  /** Any ports that are free, for tests. */
  public static final LocalPorts ANY = new LocalPorts(0, 0, 0, 0, 0, 0, 0);

  /**
   * Free ports are looked for below those that systems hand out to outgoing connections: such a
   * connection could take a port before its server listens there, or while it is being restarted.
   */
  private static final int LOWEST = 12_000;

  private static final int NEVER_EPHEMERAL = 20_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(NEVER_EPHEMERAL));

  /**
   * Reads the ports from system properties.
   *
   * @throws StartException if one is no port
   */
  static LocalPorts of(Properties properties) {
    return new LocalPorts(
        port(properties, "port.http", 7071),
        port(properties, "port.durable", 4001),
        port(properties, "port.mariadb", 3307),
        port(properties, "port.redis", 6380),
        port(properties, "port.amqp", 5672),
        port(properties, "port.signalr", 8888),
        port(properties, "port.push", 8889));
  }

  /** The same, with any ports that are free for Redis, the hubs and SignalR. */
  public LocalPorts(int http, int durable, int mariaDb) {
    this(http, durable, mariaDb, 0, 0, 0, 0);
  }

  /** The same, with any ports that are free for SignalR and the notification hub. */
  public LocalPorts(int http, int durable, int mariaDb, int redis, int amqp) {
    this(http, durable, mariaDb, redis, amqp, 0, 0);
  }

  /**
   * Makes sure that nobody else listens there.
   *
   * @param uses which of the ports are to be used, by the names that they have as options
   * @throws StartException naming each port that is taken, its use, and how to choose another
   */
  void requireFree(Set<String> uses) {
    Map<String, Integer> wanted =
        new TreeMap<>(
            Map.of(
                "http", http, "durable", durable, "mariadb", mariaDb, "redis", redis, "amqp", amqp,
                "signalr", signalR, "push", push));
    wanted.keySet().retainAll(uses);
    StringBuilder taken = new StringBuilder();
    wanted.forEach(
        (use, port) -> {
          if (port != 0 && isTaken(port)) {
            taken.append(
                "%nport %d (%s) is taken; choose another with -Dport.%s=…"
                    .formatted(port, use, use));
          }
        });
    if (!taken.isEmpty()) {
      throw new StartException(taken.toString().strip());
    }
  }

  /** A port that is free now, and that this process has not given to anyone before. */
  public static int anyFree() {
    for (int tries = 0; tries < NEVER_EPHEMERAL; tries++) {
      int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), NEVER_EPHEMERAL);
      if (!isTaken(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free from " + LOWEST + " on");
  }

  /** The port itself, or one that is free now if it stands for any. */
  static int orAnyFree(int port) {
    return port == 0 ? anyFree() : port;
  }

  private static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException taken) {
      return true;
    }
  }

  private static int port(Properties properties, String name, int otherwise) {
    String text = properties.getProperty(name, Integer.toString(otherwise));
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new StartException("-D%s=%s is no port".formatted(name, text));
    }
    return Integer.parseInt(text);
  }
}
