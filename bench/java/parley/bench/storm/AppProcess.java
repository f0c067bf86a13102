package parley.bench.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parley.local.services.LocalKeys;
import parley.local.services.MariaDb;

/** A {@link StormApp} in a JVM of its own, at ports and a clock that it keeps when it is killed. */
final class AppProcess implements AutoCloseable {

  private final Path folder;
  private final int http = freePort();
  private final int durable = freePort();
  private final int mariaDb = freePort();
  private long ahead;
  private Process process;
  private BufferedReader output;

  /** Starts it for the first time, empty. */
  AppProcess(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath();
    Files.deleteIfExists(log());
    start(true);
  }

  int http() {
    return http;
  }

  /** What opens its management API. */
  String systemKey() {
    return LocalKeys.in(folder).system();
  }

  /** The JDBC URL of its database. */
  String database() {
    return "jdbc:mysql://127.0.0.1:%d/asyncmpdb?user=app&password=%s"
        .formatted(mariaDb, LocalKeys.in(folder).database());
  }

  /** Where it writes what it has to say. */
  Path log() {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }

  /** As {@code kill -9} does; returns when it serves again. */
  void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    start(false);
  }

  /** Moves its clock on, for everything that waits for a time. */
  void advance(long seconds) throws IOException {
    ahead += seconds;
    OutputStream input = process.getOutputStream();
    input.write((ahead + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
    input.flush();
    expect(Long.toString(ahead));
  }

  /** The MariaDB that serves it now. */
  ProcessHandle mariaDb() throws IOException {
    Path file = folder.resolve("mariadb").resolve("mariadb.pid");
    return ProcessHandle.of(Long.parseLong(Files.readString(file).trim())).orElseThrow();
  }

  /** Whether a process runs; one that has ended and that nobody has asked about does not. */
  static boolean runs(ProcessHandle process) {
    Optional<String> command = process.info().command();
    return process.isAlive() && command.isPresent();
  }

  /** Lets it end in good order, and everything that it has started. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    MariaDb.reap(folder.resolve("mariadb"));
  }

  private void start(boolean reset) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StormApp.class.getName(),
                folder.toString(),
                Integer.toString(http),
                Integer.toString(durable),
                Integer.toString(mariaDb),
                Long.toString(ahead),
                Boolean.toString(reset))
            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    output = process.inputReader(StandardCharsets.UTF_8);
    expect(StormApp.READY);
  }

  private void expect(String line) throws IOException {
    String said = output.readLine();
    if (!line.equals(said)) {
      process.destroyForcibly();
      throw new IOException("the app said '" + said + "' for '" + line + "', see " + log());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
