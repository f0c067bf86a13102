package parley.matchmaking;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import parley.SocketThread;
import parley.platform.RedisScript;

/**
 * Stands between the app and Redis, knows the pool's scripts when they pass, and can do something
 * before one gets to Redis, or when Redis has run it and the app does not know yet. It can also
 * hang.
 */
final class RedisProxy implements AutoCloseable {

  /** On the way of a script. */
  enum Moment {
    BEFORE,
    AFTER
  }

  private static final CountDownLatch NOTHING = new CountDownLatch(0);

  private final int redis;
  private final ServerSocket server;
  private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile CountDownLatch hanging = NOTHING;
  private final AtomicReference<Trap> trap = new AtomicReference<>();

  /**
   * Serves at a port of its own.
   *
   * @param redis the port of Redis
   */
  RedisProxy(int redis) throws IOException {
    this.redis = redis;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    SocketThread.start("redis-proxy", this::accept);
  }

  /** What waits for a script. */
  record Trap(
      String sha,
      Moment moment,
      BooleanSupplier due,
      boolean cuts,
      Runnable action,
      CompletableFuture<Void> sprung) {

    void await() throws Exception {
      sprung.get(20, TimeUnit.SECONDS);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /**
   * Lets an action happen once, with the next run of a script, and then cuts the way off.
   *
   * @param due asked at the moment: whether it is this run
   */
  Trap cutAt(String script, Moment moment, BooleanSupplier due, Runnable action) {
    return set(script, moment, due, true, action);
  }

  /** The same, but then the script or its answer goes on its way. */
  Trap pauseAt(String script, Moment moment, BooleanSupplier due, Runnable action) {
    return set(script, moment, due, false, action);
  }

  private Trap set(
      String script, Moment moment, BooleanSupplier due, boolean cuts, Runnable action) {
    String sha = RedisScript.of("pool", script).sha();
    Trap set = new Trap(sha, moment, due, cuts, action, new CompletableFuture<>());
    trap.set(set);
    return set;
  }

  /** From now on no command gets through, and none is answered. */
  void hang() {
    hanging = new CountDownLatch(1);
  }

  /** Forgets the commands that hang; later ones get through. */
  void goOn() {
    CountDownLatch ended = hanging;
    hanging = NOTHING;
    ended.countDown();
  }

  /** How often the app has found nobody at the other end. */
  int refused() {
    return refused.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Closeable socket : sockets) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket app = server.accept();
      try {
        Socket end = new Socket(InetAddress.getLoopbackAddress(), redis);
        sockets.add(app);
        sockets.add(end);
        new Connection(app, end).begin();
      } catch (ConnectException nobody) {
        app.close();
        refused.incrementAndGet();
      }
    }
  }

  private final class Connection {
    private final Socket app;
    private final Socket redis;

    /** What waits for the answer that is next. */
    private volatile Trap watching;

    Connection(Socket app, Socket redis) {
      this.app = app;
      this.redis = redis;
    }

    void begin() {
      SocketThread.start(
          "redis-proxy",
          () -> {
            try (app;
                redis) {
              commands();
            }
          });
      SocketThread.start(
          "redis-proxy",
          () -> {
            try (app;
                redis) {
              answers();
            }
          });
    }

    private void commands() throws IOException, InterruptedException {
      InputStream in = new BufferedInputStream(app.getInputStream());
      OutputStream out = redis.getOutputStream();
      while (true) {
        Command command = Command.read(in);
        CountDownLatch end = hanging;
        if (end != NOTHING) {
          end.await();
          return;
        }
        Trap set = trap.get();
        boolean trapped = set != null && set.sha().equals(command.script());
        if (trapped && set.moment() == Moment.BEFORE && springs(set)) {
          return;
        }
        watching = trapped && set.moment() == Moment.AFTER ? set : null;
        out.write(command.bytes());
        out.flush();
      }
    }

    private void answers() throws IOException {
      InputStream in = redis.getInputStream();
      OutputStream out = app.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        Trap set = watching;
        watching = null;
        // Redis has not run what it does not know yet; the text of the script follows.
        boolean run =
            !new String(buffer, 0, length, StandardCharsets.UTF_8).startsWith("-NOSCRIPT");
        if (set != null && run && springs(set)) {
          return;
        }
        out.write(buffer, 0, length);
      }
    }

    /** Whether the way is cut off here. */
    private boolean springs(Trap set) {
      if (!set.due().getAsBoolean() || !trap.compareAndSet(set, null)) {
        return false;
      }
      set.action().run();
      set.sprung().complete(null);
      return set.cuts();
    }
  }

  /** A command as clients send it: an array of strings, each with its length. */
  private record Command(byte[] bytes, List<String> words) {

    static Command read(InputStream in) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int count = number(in, bytes);
      List<String> words = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] word = in.readNBytes(number(in, bytes) + 2);
        bytes.write(word);
        words.add(new String(word, 0, word.length - 2, StandardCharsets.UTF_8));
      }
      return new Command(bytes.toByteArray(), words);
    }

    /** The SHA-1 of the script that this runs, or nothing. */
    String script() {
      return switch (words.get(0)) {
        case "EVALSHA" -> words.get(1);
        case "EVAL" -> sha(words.get(1));
        default -> "";
      };
    }

    private static int number(InputStream in, ByteArrayOutputStream bytes) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int read = in.read(); read != '\n'; read = in.read()) {
        if (read < 0) {
          throw new EOFException();
        }
        bytes.write(read);
        line.append((char) read);
      }
      bytes.write('\n');
      return Integer.parseInt(line.substring(1).strip());
    }

    private static String sha(String text) {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
