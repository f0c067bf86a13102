package parley.local.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

  @TempDir private Path folder;

  @Test
  void only_one_host_at_a_time_has_it() {
    try (StateFolder first = StateFolder.open(folder)) {
      assertTrue(Files.exists(first.resolve("lock")));
      assertThrows(StartException.class, () -> StateFolder.open(folder));
    }
    StateFolder.open(folder).close();
  }

  @Test
  void a_reset_keeps_what_it_is_told_to() throws IOException {
    try (StateFolder state = StateFolder.open(folder)) {
      Path base = Files.createDirectories(state.resolve("server").resolve("base").resolve("bin"));
      Files.createDirectories(state.resolve("server").resolve("data").resolve("deep"));
      Files.writeString(state.resolve("system-key"), "old");
      state.reset(List.of(state.resolve("server").resolve("base")));
      assertTrue(Files.exists(base));
      assertFalse(Files.exists(state.resolve("server").resolve("data")));
      assertFalse(Files.exists(state.resolve("system-key")));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void only_the_owner_can_enter_it() throws IOException {
    Path made = folder.resolve("a").resolve("b");
    StateFolder.open(made).close();
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
  }
}
