package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.LocalPorts;
import parley.local.services.MariaDb;
import parley.local.services.StateFolder;
import parley.platform.Database;
import parley.platform.Schema;

/** With a real server of its own; the unpacked binaries are kept from run to run. */
class MigrationTest {

  private static final String PASSWORD = "hunter2-hunter2";

  private static final Path FOLDER = Path.of("target", "mariadb-test").toAbsolutePath();

  private static StateFolder state;
  private static MariaDb server;

  /** What a process has printed, and its exit code. */
  private record Ended(int code, String output) {}

  @BeforeAll
  static void startServer() throws IOException {
    state = StateFolder.open(FOLDER);
    MariaDb.reap(FOLDER);
    state.reset(List.of(MariaDb.binaries(FOLDER)));
    server = MariaDb.start(FOLDER, LocalPorts.anyFree(), PASSWORD);
  }

  @AfterAll
  static void endServer() {
    server.close();
    state.close();
  }

  @BeforeEach
  void startAfresh() throws SQLException {
    run("DROP DATABASE asyncmpdb", "CREATE DATABASE asyncmpdb CHARACTER SET utf8mb4");
  }

  @Test
  void an_app_on_an_older_schema_says_so_and_serves_once_the_command_has_migrated(
      @TempDir Path home) throws Exception {
    Flyway.configure().dataSource(url(), null, null).target("3").load().migrate();
    try (TestHost app = TestHost.unmigrated(home, url())) {
      Answer health = app.get("/api/health", null);
      assertEquals(503, health.status());
      JsonNode schema = health.body().path("schema");
      assertEquals("outdated", schema.path("status").textValue());
      assertEquals(3, schema.path("version").asInt());
      assertEquals(Schema.VERSION, schema.path("wanted").asInt());
      Answer refusal = app.post("/api/players", null, "{\"deviceId\":\"the-device-of-ada\"}");
      assertEquals(503, refusal.status());
      assertEquals("schema-outdated", refusal.text("type"));
      assertEquals(
          "the database's schema is version 3, this app needs " + Schema.VERSION,
          refusal.text("detail"));
      assertEquals("10", refusal.header("Retry-After"));

      Ended migration = migrate(url());

      assertEquals(0, migration.code(), migration.output());
      assertTrue(
          migration
              .output()
              .contains("The schema was version 3 and is %d now.".formatted(Schema.VERSION)),
          migration.output());
      assertFalse(migration.output().contains(PASSWORD), migration.output());
      assertEquals(200, app.get("/api/health", null).status());
      app.signIn("Ada");
    }
  }

  @Test
  void a_newer_schema_is_served_and_left_as_it_is() throws Exception {
    assertEquals(0, migrate(url()).code());
    run(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'app', 1, 1)",
        "DROP PROCEDURE gamesession_SELECT");

    Ended migration = migrate(url());

    assertEquals(0, migration.code(), migration.output());
    assertTrue(migration.output().contains("is version 99, newer"), migration.output());
    try (Database database = new Database(url(), 1)) {
      assertEquals(99, database.schemaVersion());
      String procedures = "SHOW PROCEDURE STATUS WHERE Name = 'gamesession_SELECT'";
      boolean isThere = database.query(on -> on.createStatement().executeQuery(procedures).next());
      assertFalse(isThere, "one that the newer version does without is made again");
    }
  }

  @Test
  void a_database_that_refuses_is_told_without_the_password_and_a_missing_one_by_its_setting()
      throws Exception {
    Ended refused = migrate(url().replace(PASSWORD, "swordfish"));

    assertEquals(1, refused.code());
    assertTrue(refused.output().contains("Access denied for user 'app'"), refused.output());
    assertFalse(refused.output().contains("swordfish"), refused.output());

    Ended missing = migrate("");

    assertEquals(1, missing.code());
    assertTrue(
        missing.output().contains("the setting MYSQL_CONNECTION_STRING is missing"),
        missing.output());
  }

  private static String url() {
    return server.connectionString();
  }

  private static void run(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Runs the command as an operator does. */
  private static Ended migrate(String url) throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Migrate.class.getName());
    command.environment().put("MYSQL_CONNECTION_STRING", url);
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
