package parley.bench.storm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parley.local.LocalPorts;
import parley.local.services.LocalKeys;
import parley.local.services.MariaDb;
import parley.local.services.Redis;

/**
 * A {@link StormApp} in a JVM of its own, at ports and a clock that it keeps when it is killed. Its
 * database is its own, or apart from it.
 */
final class AppProcess implements AutoCloseable {

  private static final int LINES_SHOWN = 40;

  private final Path folder;
  private final int http = LocalPorts.anyFree();
  private final int durable = LocalPorts.anyFree();
  private final int mariaDb = LocalPorts.anyFree();
  private final ApartDatabase apart;
  private long ahead;
  private Process process;
  private BufferedReader output;

  /**
   * Starts it for the first time, empty.
   *
   * @param apart whether it gets a database that it is not to start by itself
   */
  AppProcess(Path folder, boolean apart) throws IOException, SQLException {
    this.folder = folder.toAbsolutePath();
    this.apart = apart ? new ApartDatabase(sibling("-mysql"), mariaDb) : null;
    Files.deleteIfExists(log());
    launch(true);
    expect(StormApp.READY);
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
    return apart != null
        ? apart.url()
        : "jdbc:mysql://127.0.0.1:%d/asyncmpdb?user=app&password=%s"
            .formatted(mariaDb, LocalKeys.in(folder).database());
  }

  /** Where it writes what it has to say. */
  Path log() {
    return sibling(".log");
  }

  /** The file of its durable engine. */
  Path durableStore() {
    return folder.resolve("durable.db");
  }

  /** The database that it has not started by itself. */
  ApartDatabase apart() {
    return Objects.requireNonNull(apart, "the database is the app's own");
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it on what it has left; returns when it serves again. */
  void restart() throws IOException {
    launch(false);
    expect(StormApp.READY);
  }

  /** Starts it on what it has left, without waiting for it. */
  void beginRestart() throws IOException {
    launch(false);
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
    if (apart != null) {
      return apart.process();
    }
    Path file = folder.resolve("mariadb").resolve("mariadb.pid");
    return ProcessHandle.of(Long.parseLong(Files.readString(file).trim())).orElseThrow();
  }

  /** The processes that it has started, which a kill leaves behind. */
  List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** Whether a process runs; one that has ended and that nobody has asked about does not. */
  static boolean runs(ProcessHandle process) {
    Optional<String> command = process.info().command();
    return process.isAlive() && command.isPresent();
  }

  /**
   * Lets it end in good order, and everything that it has started.
   *
   * @throws IllegalStateException if it does not, or leaves a server behind
   */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    boolean ended = false;
    try {
      ended = process.waitFor(15, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    boolean left = MariaDb.reap(folder.resolve("mariadb")) | Redis.reap(folder.resolve("redis"));
    if (apart != null) {
      apart.close();
    }
    if (!ended || left) {
      throw new IllegalStateException(
          "the app " + (ended ? "has left a server behind" : "does not end") + ", see " + log());
    }
  }

  private void launch(boolean reset) throws IOException {
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
                Boolean.toString(reset),
                apart == null ? "" : apart.url())
            .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  private void expect(String line) throws IOException {
    String said = output.readLine();
    if (!line.equals(said)) {
      process.destroyForcibly();
      List<String> logged = Files.readAllLines(log());
      throw new IOException(
          "the app said '%s' for '%s'; its log ends with%n%s"
              .formatted(
                  said,
                  line,
                  String.join(
                      System.lineSeparator(),
                      logged.subList(Math.max(0, logged.size() - LINES_SHOWN), logged.size()))));
    }
  }

  private Path sibling(String suffix) {
    return folder.resolveSibling(folder.getFileName() + suffix);
  }
}
