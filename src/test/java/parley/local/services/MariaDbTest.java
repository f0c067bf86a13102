package parley.local.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.LocalPorts;

/** With real servers; the unpacked binaries are kept from run to run. */
class MariaDbTest {

  private final Path folder = Path.of("target", "mariadb-test").toAbsolutePath();
  private StateFolder state;

  @BeforeEach
  void startAfresh() {
    state = StateFolder.open(folder);
    state.reset(List.of(MariaDb.binaries(folder)));
  }

  @AfterEach
  void leaveNothing() throws IOException {
    MariaDb.reap(folder);
    state.close();
  }

  @Test
  void data_survives_a_restart_and_a_new_password_takes_effect() throws Exception {
    try (MariaDb server = MariaDb.start(folder, LocalPorts.anyFree(), "first_password")) {
      run(server, "CREATE TABLE t (c TEXT)", "INSERT INTO t VALUES ('grüße 🎲')");
    }
    try (MariaDb server = MariaDb.start(folder, LocalPorts.anyFree(), "second_password")) {
      assertEquals("grüße 🎲", first(server, "SELECT c FROM t"));
      String wrong = server.connectionString().replace("second", "first");
      assertThrows(SQLException.class, () -> DriverManager.getConnection(wrong));
    }
    assertFalse(Files.exists(folder.resolve("mariadb.pid")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_whose_host_was_killed_is_found_and_ended_at_the_next_start(boolean pidWritten)
      throws Exception {
    int port = LocalPorts.anyFree();
    ProcessHandle left = leftByKilledHost(port);
    assertTrue(left.isAlive());
    if (!pidWritten) {
      Files.delete(folder.resolve("mariadb.pid"));
    }
    assertTrue(MariaDb.reap(folder));
    // Not isAlive, which may be true until somebody takes notice of its end.
    assertEquals(Optional.empty(), left.info().command());
    try (MariaDb server = MariaDb.start(folder, port, "password")) {
      assertEquals("1", first(server, "SELECT 1"));
    }
  }

  private ProcessHandle leftByKilledHost(int port) throws Exception {
    Process host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.config.file=src/test/resources/logging.properties",
                "-cp",
                System.getProperty("java.class.path"),
                MariaDbHost.class.getName(),
                folder.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = host.inputReader()) {
      return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    } finally {
      host.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_server_that_is_killed_is_started_again_with_its_data_and_a_line_says_so()
      throws Exception {
    try (LogLines log = new LogLines(KeptServer.class);
        MariaDb server = MariaDb.start(folder, LocalPorts.anyFree(), "password")) {
      run(server, "CREATE TABLE t (c TEXT)", "INSERT INTO t VALUES ('kept')");
      long killed = server.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      assertTrue(log.next().matches("mariadb has ended \\(exit code \\d+\\); .* 1 of 3 times"));
      assertEquals("mariadb is ready again", log.next());
      assertNotEquals(killed, server.pid());
      assertEquals("kept", first(server, "SELECT c FROM t"));
    }
  }

  @Test
  void a_start_that_fails_tells_what_the_server_said_and_leaves_nothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      StartException failure =
          assertThrows(
              StartException.class, () -> MariaDb.start(folder, taken.getLocalPort(), "password"));
      assertTrue(failure.getMessage().contains("Bind on TCP/IP port"), failure.getMessage());
    }
    assertFalse(Files.exists(folder.resolve("mariadb.pid")));
  }

  private static void run(MariaDb server, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.connectionString());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String first(MariaDb server, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.connectionString());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertTrue(rows.next());
      return rows.getString(1);
    }
  }
}
