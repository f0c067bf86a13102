package parley.local.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalKeysTest {

  @TempDir private Path folder;

  @Test
  void keys_are_made_once_and_kept() {
    LocalKeys made = LocalKeys.in(folder);
    assertEquals(made, LocalKeys.in(folder));
    assertEquals(
        7,
        Stream.of(
                made.system(),
                made.function(),
                made.token(),
                made.database(),
                made.redis(),
                made.eventHubs(),
                made.notificationHub())
            .distinct()
            .count());
  }

  @Test
  void the_token_key_is_base64_of_32_bytes_and_the_others_fit_into_a_url() {
    LocalKeys keys = LocalKeys.in(folder);
    assertEquals(32, Base64.getDecoder().decode(keys.token()).length);
    for (String key :
        new String[] {keys.system(), keys.function(), keys.database(), keys.redis()}) {
      assertEquals(32, Base64.getUrlDecoder().decode(key).length);
      assertFalse(key.contains("="));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void only_the_owner_can_read_them() throws IOException {
    LocalKeys.in(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void a_missing_key_is_made_again() throws IOException {
    LocalKeys before = LocalKeys.in(folder);
    Files.delete(folder.resolve("system-key"));
    LocalKeys after = LocalKeys.in(folder);
    assertNotEquals(before.system(), after.system());
    assertEquals(before.token(), after.token());
  }

  @Test
  void they_do_not_print_themselves() {
    LocalKeys keys = LocalKeys.in(folder);
    assertFalse(keys.toString().contains(keys.system()));
  }
}
