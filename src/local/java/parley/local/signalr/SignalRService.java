package parley.local.signalr;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import parley.local.signalr.client.Clients;
import parley.local.signalr.hub.Hubs;
import parley.local.signalr.hub.Times;
import parley.local.signalr.hub.Watch;
import parley.local.signalr.rest.RestApi;
import parley.local.signalr.token.AccessKey;

/**
 * A SignalR service in serverless mode, as Azure's: clients connect to its hubs with tokens that a
 * server has signed for them, and servers send to them over its REST API. It keeps nothing; a
 * client that is not connected misses what is sent.
 *
 * <p>A request comes in at the {@link Front}. A client's becomes a socket of {@code client}, which
 * reads by {@code protocol} and lives as a connection of a {@code hub}; a server's goes through
 * {@code rest} to the connections that it is for.
 */
public final class SignalRService implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(SignalRService.class.getName());

  /** Connections wait in no thread, so these are for requests under way. */
  private static final int MOST_THREADS = 16;

  private static final int FEWEST_THREADS = 4;

  /** For a request that breaks off, and for a connection between requests. */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

  /** More than a client's message may have, so that it hears which limit that is. */
  private static final int FRAME_LIMIT = 256 << 10;

  /** What each connection keeps for what it sends. */
  private static final int BUFFER = 1 << 10;

  /** For the last word to the clients. */
  private static final Duration STOP_LIMIT = Duration.ofMillis(500);

  private final Server server;
  private final ServerConnector connector;
  private final Hubs hubs;
  private final Watch watch;
  private final String key;

  private SignalRService(
      Server server, ServerConnector connector, Hubs hubs, Watch watch, String key) {
    this.server = server;
    this.connector = connector;
    this.hubs = hubs;
    this.watch = watch;
    this.key = key;
  }

  /** Serves at 127.0.0.1, with the times of the service in Azure. */
  public static SignalRService start(int port, String key, Clock clock) throws IOException {
    return start(port, key, clock, Times.USUAL);
  }

  /**
   * Serves at 127.0.0.1.
   *
   * @param port 0 for any that is free
   * @param key what tokens are signed with, at least 32 bytes
   * @param clock what the end of a token is compared with
   * @throws IOException if the port is taken
   */
  public static SignalRService start(int port, String key, Clock clock, Times times)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    threads.setName("signalr");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, http());
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_LIMIT.toMillis());
    connector.setAcceptQueueSize(1_024);
    server.addConnector(connector);
    ServerWebSocketContainer sockets = ServerWebSocketContainer.ensure(server);
    // The hub protocol has its own way to find out who is gone.
    sockets.setIdleTimeout(Duration.ZERO);
    sockets.setMaxTextMessageSize(FRAME_LIMIT);
    sockets.setMaxBinaryMessageSize(FRAME_LIMIT);
    sockets.setOutputBufferSize(BUFFER);
    AccessKey accessKey = new AccessKey(key);
    Hubs hubs = new Hubs();
    Watch watch = Watch.start(times);
    server.setErrorHandler(new PlainErrors());
    server.setHandler(
        new Front(
            connector,
            new Clients(accessKey, clock, hubs, times, watch, sockets),
            new RestApi(accessKey, clock, hubs)));
    SignalRService service = new SignalRService(server, connector, hubs, watch, key);
    service.open();
    return service;
  }

  /** The port that clients and servers connect to. */
  public int port() {
    return connector.getLocalPort();
  }

  /** What servers of any language connect with. */
  public String connectionString() {
    return "Endpoint=http://localhost;Port=%d;AccessKey=%s;Version=1.0;".formatted(port(), key);
  }

  /** Tells all clients to come back later, and ends. */
  @Override
  public void close() {
    watch.close();
    hubs.close();
    try {
      connector.close();
      long end = System.nanoTime() + STOP_LIMIT.toNanos();
      while (!hubs.areEmpty() && System.nanoTime() < end) {
        Thread.sleep(10);
      }
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "the SignalR service is closed, but not in good order", e);
    }
  }

  private void open() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new IOException("the SignalR service cannot start: " + e.getMessage(), e);
    }
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    // User ids and groups stand in paths, whatever is in them.
    configuration.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "names in paths",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER));
    return new HttpConnectionFactory(configuration);
  }
}
