package parley;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Speaks TLS for a server on this machine that does not, as {@code localhost}. */
final class TlsFront implements AutoCloseable {

  private static final String PASSWORD = "tests-only";

  private final Path keys;
  private final int behind;
  private final SSLServerSocket front;

  /**
   * @param folder where its key is kept
   * @param behind the port of the server
   */
  TlsFront(Path folder, int behind) throws Exception {
    this.behind = behind;
    keys = folder.resolve("keys.p12");
    makeKey();
    front =
        (SSLServerSocket) context().getServerSocketFactory().createServerSocket(0, 50, loopback());
    start(this::accept);
  }

  int port() {
    return front.getLocalPort();
  }

  /** What has a JVM trust it. */
  String[] trust() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + keys, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }

  @Override
  public void close() throws IOException {
    front.close();
  }

  private void makeKey() throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "front",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  private SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      store.load(file, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = front.accept();
        Socket server = new Socket(loopback(), behind);
        start(() -> copy(client, server));
        start(() -> copy(server, client));
      }
    } catch (SocketException closed) {
      // Nobody is let in any more.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until one of them ends, and then neither goes on. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // One of them has hung up: the other is closed, too.
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "tls-front");
    thread.setDaemon(true);
    thread.start();
  }
}
