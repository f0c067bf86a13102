package parley;

import java.io.IOException;

/** A thread that ends when its sockets do. */
public final class SocketThread {

  private SocketThread() {}

  /** What is done until a socket is closed. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** Starts it; it keeps no JVM alive. */
  public static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException ended) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
