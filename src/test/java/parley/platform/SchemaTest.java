package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {

  @Test
  void the_version_that_the_app_needs_is_that_of_the_newest_migration() throws IOException {
    Pattern migration = Pattern.compile("V(\\d+)__\\w+\\.sql");
    try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "db", "migration"))) {
      int newest =
          files
              .map(file -> migration.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToInt(name -> Integer.parseInt(name.group(1)))
              .max()
              .orElseThrow();

      assertEquals(newest, Schema.VERSION, "Schema.VERSION");
    }
  }
}
