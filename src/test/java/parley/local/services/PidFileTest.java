package parley.local.services;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @TempDir private Path folder;
  private Process process;

  @BeforeEach
  void startSomething() throws Exception {
    // It reads its input from a pipe that nobody writes to, so it runs until it is ended.
    process = new ProcessBuilder(JAVA.getParent().resolve("jshell").toString(), "-s").start();
  }

  @AfterEach
  void endIt() throws Exception {
    process.destroyForcibly().waitFor();
  }

  @Test
  void a_process_that_runs_the_executable_is_ended() throws Exception {
    Path running = Path.of(process.info().command().orElseThrow());
    PidFile file = new PidFile(folder.resolve("pid"));
    file.write(process);
    assertTrue(file.reap(running));
    assertTrue(process.info().command().isEmpty());
    assertFalse(Files.exists(folder.resolve("pid")));
  }

  @Test
  void a_process_that_has_merely_the_same_pid_is_left_alone() throws Exception {
    PidFile file = new PidFile(folder.resolve("pid"));
    file.write(process);
    assertFalse(file.reap(JAVA));
    assertTrue(process.isAlive());
    assertFalse(Files.exists(folder.resolve("pid")));
  }

  @Test
  void a_file_that_is_missing_half_written_or_of_a_process_long_gone_is_harmless()
      throws Exception {
    PidFile file = new PidFile(folder.resolve("pid"));
    assertFalse(file.reap(JAVA));
    Files.writeString(folder.resolve("pid"), "");
    assertFalse(file.reap(JAVA));
    file.write(process);
    process.destroyForcibly().waitFor();
    assertFalse(file.reap(JAVA));
  }
}
