package parley.trivia;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Stands in for the SignalR service: keeps what is broadcast, and can be a trap for the app. */
final class BroadcastSink implements AutoCloseable {

  /** When the trap snaps. */
  enum Moment {
    /** The service has not got the message. */
    BEFORE,
    /** It has, and the app does not know. */
    AFTER
  }

  /** What is done to the app at the next message to this target, whose text is kept. */
  static final class Trap {
    private final String target;
    private final Moment moment;
    private final Runnable kill;
    private final CountDownLatch snapped = new CountDownLatch(1);
    private volatile String message;

    private Trap(String target, Moment moment, Runnable kill) {
      this.target = target;
      this.moment = moment;
      this.kill = kill;
    }

    /** Waits until it has snapped; returns what was about to be sent. */
    String await() throws InterruptedException {
      if (!snapped.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing was sent to " + target);
      }
      return message;
    }
  }

  private final HttpServer server;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final AtomicReference<Trap> trap = new AtomicReference<>();

  BroadcastSink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/hubs/trivia", this::take);
    server.start();
  }

  String connectionString() {
    return "Endpoint=http://localhost;Port=%d;AccessKey=%s;Version=1.0;"
        .formatted(server.getAddress().getPort(), "the-key-of-the-tests-has-at-least-32-bytes");
  }

  Trap set(String target, Moment moment, Runnable kill) {
    Trap next = new Trap(target, moment, kill);
    trap.set(next);
    return next;
  }

  /** The next broadcast, as it came: {@code {"target", "arguments"}}. */
  String next() throws InterruptedException {
    String message = messages.poll(20, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing more was sent");
    }
    return message;
  }

  int left() {
    return messages.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Trap set = trap.get();
    boolean snaps =
        set != null
            && message.contains("\"target\":\"" + set.target + "\"")
            && trap.compareAndSet(set, null);
    if (!snaps || set.moment == Moment.AFTER) {
      messages.add(message);
    }
    if (snaps) {
      set.message = message;
      set.kill.run();
      set.snapped.countDown();
    }
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }
}
