package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestDatabase;
import parley.TestHost;
import parley.TestScript;
import parley.local.signalr.SignalRService;
import parley.platform.Database;

/** The examples on the published JavaScript client of SignalR do what the README says. */
class JavaScriptClientTest {

  private static final Path EXAMPLES = Path.of("docs", "examples");
  private static final String KEY = "the-key-of-the-tests-has-at-least-32-bytes";

  @TempDir private Path folder;
  private SignalRService service;
  private TestHost host;

  /**
   * @param ackSeconds how long a receipt is waited for
   */
  private void start(int ackSeconds) throws IOException {
    TestScript.requirePackages(EXAMPLES);
    service = SignalRService.start(0, KEY, Clock.systemUTC());
    // The client goes by the real time, too.
    host =
        TestHost.inRealTime(
            folder,
            Map.of(
                "AzureSignalRConnectionString",
                service.connectionString(),
                "NOTIFICATION_ACK_SECONDS",
                "" + ackSeconds));
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
      service.close();
    }
  }

  private TestScript run(String script, String... arguments) {
    String api = "http://127.0.0.1:" + host.host().httpPort() + "/api";
    return TestScript.start(EXAMPLES.resolve(script), Map.of("PARLEY_API", api), arguments);
  }

  /** The other player joins and moves; returns the board after it. */
  private String move(String table) throws InterruptedException {
    try (TestScript opponent = run("opponent.mjs", table)) {
      String board = opponent.await("moved: ");
      opponent.awaitEnd();
      return board;
    }
  }

  /** What has come of all that was told of the game at a table; its start may be among it. */
  private List<String> awaitDeliveries(String table) {
    return ids(table).stream()
        .map(id -> host.await(() -> host.instance(id), JavaScriptClientTest::ended).text("output"))
        .toList();
  }

  private static boolean ended(Answer instance) {
    return "Completed".equals(instance.text("runtimeStatus"));
  }

  /** What was put down for a player who could be told of it. */
  private static List<String> ids(String table) {
    String sql =
        """
        SELECT n.GUID FROM notification n JOIN gamesession s ON s.ID = n.GameSession_ID
        WHERE s.Settings LIKE ? AND NOT (n.Status = 'cancelled' AND n.UpdatedTime = n.CreatedTime)""";
    try (Database database = new Database(TestDatabase.url(), 1)) {
      return database.query(
          connection -> {
            try (PreparedStatement select = Database.prepare(connection, sql, "%" + table + "%");
                ResultSet rows = select.executeQuery()) {
              List<String> ids = new ArrayList<>();
              while (rows.next()) {
                ids.add(rows.getString("GUID"));
              }
              return ids;
            }
          });
    }
  }

  @Test
  void it_is_told_of_a_move_also_after_the_service_has_dropped_it() throws Exception {
    start(60);
    try (TestScript player = run("your-turn.mjs")) {
      String table = player.await("in another terminal: node docs/examples/opponent.mjs ");
      int port = service.port();
      service.close();
      service = SignalRService.start(port, KEY, Clock.systemUTC());
      player.await("connected again");

      String board = move(table);

      player.await("your turn: It is your move against Bob. " + board);
      assertEquals(Set.of("received"), Set.copyOf(awaitDeliveries(table)));
    }
  }

  @Test
  void without_its_receipt_the_phone_is_told() throws Exception {
    start(1);
    try (TestScript player = run("your-turn.mjs", "--no-receipt")) {
      String table = player.await("in another terminal: node docs/examples/opponent.mjs ");
      String board = move(table);

      player.await("your turn: It is your move against Bob. " + board);
      assertEquals(1, Collections.frequency(awaitDeliveries(table), "pushed"));
    }
  }
}
