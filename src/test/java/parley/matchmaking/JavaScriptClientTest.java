package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestHost;
import parley.TestRedis;
import parley.TestScript;
import parley.local.TestClock;

/** The published Event Hubs client of another language queues players. */
class JavaScriptClientTest {

  private static final Path SCRIPT = Path.of("src", "test", "js", "match.js");

  @TempDir private Path folder;

  @Test
  void players_of_its_bare_events_are_matched() throws Exception {
    TestScript.requirePackages(SCRIPT.getParent());
    try (TestHost app =
        TestHost.start(
            folder,
            new TestClock("2026-03-01T12:00:00Z"),
            Map.of("REDIS_CONNECTION_STRING", TestRedis.fresh()))) {
      String endpoint = app.host().eventHubs().orElseThrow().replaceAll("Endpoint=|;.*", "");
      String http = Integer.toString(app.host().httpPort());
      String amqp = Integer.toString(URI.create(endpoint).getPort());

      List<String> said;
      try (TestScript script = TestScript.start(SCRIPT, Map.of(), folder.toString(), http, amqp)) {
        said = script.awaitEnd();
      }

      assertEquals(
          4,
          said.stream().filter(line -> line.contains("203.0.113.42:7777")).count(),
          () -> "" + said);
    }
  }
}
