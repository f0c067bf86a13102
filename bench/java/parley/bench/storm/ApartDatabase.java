package parley.bench.storm;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import parley.local.services.MariaDb;

/** A MariaDB that the app knows by its address only, and that can be gone for a while. */
final class ApartDatabase implements AutoCloseable {

  private static final String PASSWORD = "storms-only";

  private final Path folder;
  private final int port;
  private volatile boolean gone;
  private MariaDb server;

  /** Starts it, empty. */
  ApartDatabase(Path folder, int port) throws IOException, SQLException {
    this.folder = folder.toAbsolutePath();
    this.port = port;
    MariaDb.reap(this.folder);
    start();
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE asyncmpdb");
      statement.execute("CREATE DATABASE asyncmpdb CHARACTER SET utf8mb4");
    }
  }

  String url() {
    return server.connectionString();
  }

  ProcessHandle process() {
    return ProcessHandle.of(server.pid()).orElseThrow();
  }

  /** Ends it, for as long as nobody starts it. */
  void stop(boolean inGoodOrder) {
    gone = true;
    if (!inGoodOrder) {
      ProcessHandle process = process();
      process.destroyForcibly();
      process.onExit().join();
    }
    server.close();
  }

  /** Starts it; returns once it can be connected to. */
  void start() {
    gone = false;
    server = MariaDb.start(folder, port, PASSWORD, () -> gone);
  }

  @Override
  public void close() {
    gone = true;
    server.close();
  }
}
