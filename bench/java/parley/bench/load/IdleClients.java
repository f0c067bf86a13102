package parley.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Thousands of clients of the hub protocol on one thread: those of the libraries have threads and
 * timers of their own, and would be what is measured.
 */
public final class IdleClients implements AutoCloseable {

  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final InetSocketAddress server;
  private final Selector selector;
  private final Thread thread;
  private final List<IdleClient> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<Work> work = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connecting = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger expected = new AtomicInteger();
  private final AtomicLong pings = new AtomicLong();
  private volatile boolean closed;

  public IdleClients(int port) throws IOException {
    server = new InetSocketAddress("127.0.0.1", port);
    selector = Selector.open();
    thread = new Thread(this::run, "idle-clients");
    thread.setDaemon(true);
    thread.start();
  }

  /** What is done with a client on the thread of all. */
  private interface Work {
    void run() throws IOException;
  }

  /** Opens one more; its handshake is awaited later, and not too many at once. */
  public IdleClient connect(String path) throws IOException, InterruptedException {
    return connect(path, call -> {});
  }

  /**
   * The same.
   *
   * @param calls takes each call of a method, as the text of a message of the hub protocol, on the
   *     thread of all clients; must not wait
   */
  public IdleClient connect(String path, Consumer<String> calls)
      throws IOException, InterruptedException {
    while (connecting.get() > 100) {
      Thread.sleep(1);
    }
    SocketChannel channel = SocketChannel.open(server);
    channel.configureBlocking(false);
    connecting.incrementAndGet();
    IdleClient client = new IdleClient(channel, path, calls);
    synchronized (clients) {
      clients.add(client);
    }
    order(
        () -> {
          channel.register(selector, SelectionKey.OP_READ, client);
          client.ask();
        });
    return client;
  }

  /** Has a client read nothing any more, and say nothing: its socket stays open. */
  public void freeze(IdleClient client) {
    order(
        () -> {
          client.fallSilent();
          listenFor(client, 0);
        });
  }

  /** Has a frozen client read what has come meanwhile. */
  public void thaw(IdleClient client) {
    order(() -> listenFor(client, SelectionKey.OP_READ));
  }

  private void listenFor(IdleClient client, int operations) {
    SelectionKey key = client.channel().keyFor(selector);
    // One that the server has closed is not listened to any more.
    if (key != null && key.isValid()) {
      key.interestOps(operations);
    }
  }

  private void order(Work ordered) {
    work.add(ordered);
    selector.wakeup();
  }

  public void awaitHandshakes() throws InterruptedException {
    await(connecting, "handshakes");
  }

  /** To be called before so many messages are sent. */
  public void expect(int messages) {
    expected.set(messages);
  }

  public void awaitMessages() throws InterruptedException {
    await(expected, "messages");
  }

  public int size() {
    return clients.size();
  }

  public int open() {
    return open.get();
  }

  public long pings() {
    return pings.get();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (IdleClient client : clients) {
      client.channel().close();
    }
    selector.close();
  }

  private static void await(AtomicInteger left, String what) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (left.get() > 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(left.get() + " " + what + " have not come");
      }
      TimeUnit.MICROSECONDS.sleep(50);
    }
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    try {
      while (!closed) {
        selector.select(key -> read((IdleClient) key.attachment(), key, buffer), 1_000);
        for (Work ordered = work.poll(); ordered != null; ordered = work.poll()) {
          ordered.run();
        }
        long now = System.nanoTime();
        for (SelectionKey key : selector.keys()) {
          ((IdleClient) key.attachment()).ping(now, PING_NANOS);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the clients have broken down", e);
    }
  }

  private void read(IdleClient client, SelectionKey key, ByteBuffer buffer) {
    try {
      buffer.clear();
      if (client.channel().read(buffer) < 0) {
        throw new IOException("closed by the server");
      }
      for (String text : client.take(buffer.flip())) {
        if (text.equals("{}")) {
          open.incrementAndGet();
          connecting.decrementAndGet();
        } else if (text.equals("{\"type\":6}")) {
          pings.incrementAndGet();
        } else if (text.startsWith("{\"type\":1,")) {
          expected.decrementAndGet();
          client.called(text);
        }
      }
    } catch (IOException e) {
      key.cancel();
      client.lose();
      if (client.isGreeted()) {
        open.decrementAndGet();
      }
    }
  }
}
