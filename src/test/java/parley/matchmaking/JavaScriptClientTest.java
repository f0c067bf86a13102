package parley.matchmaking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestHost;
import parley.TestRedis;
import parley.local.TestClock;

/** The published Event Hubs client of another language queues players. */
class JavaScriptClientTest {

  private static final Path SCRIPTS = Path.of("src", "test", "js");

  @TempDir private Path folder;

  @Test
  void players_of_its_bare_events_are_matched() throws Exception {
    assumeTrue(
        Files.exists(SCRIPTS.resolve("node_modules")),
        "skipped: it needs Node 20, and npm ci --prefix src/test/js");
    try (TestHost app =
        TestHost.start(
            folder,
            new TestClock("2026-03-01T12:00:00Z"),
            Map.of("REDIS_CONNECTION_STRING", TestRedis.fresh()))) {
      String endpoint = app.host().eventHubs().orElseThrow().replaceAll("Endpoint=|;.*", "");
      Path log = folder.resolve("node.log");
      Process node =
          new ProcessBuilder(
                  List.of(
                      "node",
                      SCRIPTS.resolve("match.js").toString(),
                      folder.toString(),
                      Integer.toString(app.host().httpPort()),
                      Integer.toString(URI.create(endpoint).getPort())))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      // It gives up by itself before that.
      boolean ended = node.waitFor(60, TimeUnit.SECONDS);
      node.destroyForcibly();
      String said = Files.readString(log);
      assertTrue(ended, said);
      assertEquals(0, node.exitValue(), said);
      assertEquals(
          4, said.lines().filter(line -> line.contains("203.0.113.42:7777")).count(), said);
    }
  }
}
