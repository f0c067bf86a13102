package parley.local.eventhubs.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The one thread that owns all connections and what is behind them. It never waits for a client,
 * nor for the disk.
 */
public final class Loop implements Executor, AutoCloseable {

  private static final Logger LOG = System.getLogger(Loop.class.getName());

  private static final int MOST_CONNECTIONS = 512;
  private static final int BACKLOG = 256;
  private static final int MOST_TASKS = 1_000;
  private static final long TICK_MILLIS = 1_000;

  /** How long a connection may take to show a good token. */
  private static final long TRUST_MILLIS = 20_000;

  private final ServerSocketChannel server;
  private final Selector selector;
  private final Thread thread = new Thread(this::run, "event-hubs-io");
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean awake = new AtomicBoolean();
  private final List<AmqpSocket> sockets = new ArrayList<>();
  private Peer.Factory peers;
  private BooleanSupplier busy;
  private boolean paused;
  private boolean toldFull;
  private long nextTick;
  private volatile boolean closing;

  private Loop(ServerSocketChannel server, Selector selector) {
    this.server = server;
    this.selector = selector;
    thread.setDaemon(true);
  }

  /**
   * Takes a port of 127.0.0.1. Who connects now waits until {@link #start}.
   *
   * @param port 0 for any that is free
   */
  public static Loop bind(int port) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      server.configureBlocking(false);
      return new Loop(server, Selector.open());
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** The port that was taken. */
  public int port() {
    return server.socket().getLocalPort();
  }

  /**
   * Begins to serve.
   *
   * @param busy whether nothing more should be read from clients for now; asked again whenever
   *     something was executed here
   */
  public void start(Peer.Factory peerFactory, BooleanSupplier isBusy) throws IOException {
    peers = peerFactory;
    busy = isBusy;
    server.register(selector, SelectionKey.OP_ACCEPT);
    thread.start();
  }

  /** Has the loop's thread do something soon; from any thread. */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (!awake.getAndSet(true)) {
      selector.wakeup();
    }
  }

  private void run() {
    try {
      nextTick = millis() + TICK_MILLIS;
      while (!closing) {
        selector.select(Math.max(1, nextTick - millis()));
        selector.selectedKeys().forEach(this::ready);
        selector.selectedKeys().clear();
        runTasks();
        pauseOrGoOn();
        if (millis() >= nextTick) {
          tick();
        }
      }
      List.copyOf(sockets).forEach(socket -> socket.end("the event hubs are being closed"));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the event hubs have ended", e);
    }
  }

  private void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.isAcceptable()) {
      accept();
      return;
    }
    AmqpSocket socket = (AmqpSocket) key.attachment();
    if (key.isReadable()) {
      socket.read();
    }
    if (key.isValid() && key.isWritable()) {
      socket.work();
    }
  }

  private void accept() {
    try {
      SocketChannel channel = server.accept();
      if (channel == null || !hasRoom()) {
        closeQuietly(channel);
        return;
      }
      AmqpSocket socket = AmqpSocket.open(channel, selector, this, peers, sockets::remove);
      sockets.add(socket);
      socket.work();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a connection could not be taken: " + e.getMessage());
    }
  }

  /** A client that has shown nothing yet makes way for a new one. */
  private boolean hasRoom() {
    if (sockets.size() < MOST_CONNECTIONS) {
      return true;
    }
    Optional<AmqpSocket> idle =
        sockets.stream()
            .filter(socket -> !socket.isTrusted())
            .min(Comparator.comparing(AmqpSocket::since));
    idle.ifPresent(AmqpSocket::drop);
    if (!toldFull) {
      toldFull = true;
      LOG.log(
          Level.WARNING,
          "there are {0} connections: {1}",
          MOST_CONNECTIONS,
          idle.isPresent() ? "idle ones are dropped for new ones" : "new ones are refused");
    }
    return idle.isPresent();
  }

  private void runTasks() {
    awake.set(false);
    for (int i = 0; i < MOST_TASKS && !tasks.isEmpty(); i++) {
      try {
        tasks.remove().run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "something of the event hubs has failed", e);
      }
    }
    if (!tasks.isEmpty()) {
      selector.wakeup(); // after a look at the sockets
    }
  }

  private void pauseOrGoOn() {
    if (paused != busy.getAsBoolean()) {
      paused = !paused;
      sockets.forEach(socket -> socket.pause(paused));
    }
  }

  private void tick() {
    long now = millis();
    nextTick = now + TICK_MILLIS;
    toldFull = false;
    for (AmqpSocket socket : List.copyOf(sockets)) {
      if (!socket.isTrusted() && now - socket.since() > TRUST_MILLIS) {
        socket.end("no good token was shown within " + TRUST_MILLIS / 1_000 + " seconds");
      } else {
        socket.tick(now);
      }
    }
  }

  /** A clock that never jumps. */
  static long millis() {
    return System.nanoTime() / 1_000_000;
  }

  private static void closeQuietly(SocketChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  /** Tells all clients, and ends. */
  @Override
  public void close() throws IOException {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
    selector.close();
  }
}
