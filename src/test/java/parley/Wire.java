package parley;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Stands between the app and a server, and can hold back what the app says, or the answer to it,
 * until the app is dead.
 */
public final class Wire implements AutoCloseable {

  /** On the way of what the app says. */
  public enum Moment {
    /** The server has not heard it. */
    BEFORE,
    /** The server has done it, and the app does not know. */
    AFTER
  }

  private final int server;
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Hold> holds = ConcurrentHashMap.newKeySet();

  /**
   * Serves at a port of its own.
   *
   * @param server the port of the server
   */
  public Wire(int server) throws IOException {
    this.server = server;
    SocketThread.start("wire", this::accept);
  }

  /** What is held back once: the next that has all these words. */
  public static final class Hold {
    private final Moment moment;
    private final List<String> words;
    private final CompletableFuture<Void> reached = new CompletableFuture<>();

    private Hold(Moment moment, List<String> words) {
      this.moment = moment;
      this.words = words;
    }

    /** Waits until the app has come there. */
    public void await() throws Exception {
      reached.get(20, TimeUnit.SECONDS);
    }
  }

  public int port() {
    return door.getLocalPort();
  }

  /** Holds back what has all these words; from then on nothing passes on that connection. */
  public Hold hold(Moment moment, String... words) {
    Hold hold = new Hold(moment, List.of(words));
    holds.add(hold);
    return hold;
  }

  /** Ends all connections; new ones pass. */
  public void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }

  private void accept() throws IOException {
    while (true) {
      Socket app = door.accept();
      Socket end = new Socket(InetAddress.getLoopbackAddress(), server);
      sockets.addAll(List.of(app, end));
      Connection connection = new Connection(app, end);
      SocketThread.start("wire", connection::requests);
      SocketThread.start("wire", connection::answers);
    }
  }

  private final class Connection {
    private final Socket app;
    private final Socket end;
    private volatile Hold answerHeld;

    Connection(Socket app, Socket end) {
      this.app = app;
      this.end = end;
    }

    void requests() throws IOException {
      pump(
          app,
          end,
          text -> {
            Hold hold = take(text);
            if (hold == null || hold.moment == Moment.AFTER) {
              answerHeld = hold;
              return null;
            }
            return hold;
          });
    }

    void answers() throws IOException {
      pump(end, app, text -> answerHeld);
    }

    private Hold take(String text) {
      for (Hold hold : holds) {
        if (hold.words.stream().allMatch(text::contains) && holds.remove(hold)) {
          return hold;
        }
      }
      return null;
    }
  }

  private interface Look {
    /** What holds this back, or null. */
    Hold at(String text);
  }

  /** A statement or a request is small, and comes as a whole. */
  private static void pump(Socket from, Socket to, Look look) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      Hold hold = look.at(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
      if (hold != null) {
        hold.reached.complete(null);
        return;
      }
      out.write(buffer, 0, length);
      out.flush();
    }
    from.close();
    to.close();
  }
}
