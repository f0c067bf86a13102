package parley.local.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptServerTest {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path folder;

  /** A server that says that it is ready, and then waits for a byte of input that never comes. */
  public static final class Waits {
    public static void main(String[] args) throws Exception {
      System.out.println("ready");
      System.exit(System.in.read());
    }
  }

  /** A server that ends as soon as it is ready. */
  public static final class Ends {
    public static void main(String[] args) {
      System.out.println("ready");
      System.exit(3);
    }
  }

  @Test
  void a_server_that_ends_again_and_again_is_given_up() throws Exception {
    try (LogLines log = new LogLines(KeptServer.class);
        KeptServer server = KeptServer.start(launch(Ends.class), () -> false)) {
      for (int i = 1; i <= KeptServer.RESTARTS; i++) {
        assertEquals(
            "sample has ended (exit code 3); it is started again, %d of 3 times".formatted(i),
            log.next());
        assertEquals("sample is ready again", log.next());
      }
      assertEquals(
          "sample has ended (exit code 3) once too often; see %s and start Parley again"
              .formatted(folder.resolve("sample.log")),
          log.next());
      assertTrue(server.pid() > 0);
    }
  }

  @Test
  void a_server_that_is_closed_or_ends_with_everything_else_stays_ended() throws Exception {
    try (LogLines log = new LogLines(KeptServer.class)) {
      KeptServer.start(launch(Waits.class), () -> false).close();
      KeptServer server = KeptServer.start(launch(Waits.class), () -> true);
      ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
      server.close();
      assertTrue(log.isEmpty());
      assertEquals(process.pid(), server.pid());
    }
  }

  private ChildServer.Launch launch(Class<?> main) {
    List<String> command =
        List.of(JAVA.toString(), "-cp", System.getProperty("java.class.path"), main.getName());
    return new ChildServer.Launch("sample", command, Map.of(), folder, "ready");
  }
}
