package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.local.http.Cors;
import parley.local.services.StartException;

class LocalSettingsTest {

  @TempDir private Path folder;

  @Test
  void the_file_may_have_comments_and_only_its_values_count() throws IOException {
    Path file = folder.resolve("local.settings.json");
    Files.writeString(
        file,
        """
        {
          "IsEncrypted": false, // as func writes it
          "Values": {
            /* the limit */
            "LIMIT": 5,
            "URL": "http://example.test/%%",
          }
        }
        """);
    assertEquals(Map.of("LIMIT", "5", "URL", "http://example.test/%%"), LocalSettings.ofFile(file));
  }

  @Test
  void there_need_be_no_file() {
    assertTrue(LocalSettings.ofFile(folder.resolve("none.json")).isEmpty());
  }

  @Test
  void the_pages_that_it_lets_in_are_named_as_core_tools_have_it() throws IOException {
    Path file = folder.resolve("local.settings.json");
    assertEquals(Cors.NONE, LocalSettings.corsOfFile(file));
    Files.writeString(
        file,
        "{\"Host\": {\"CORS\": \"http://a.test, http://b.test/\", \"CORSCredentials\": true}}");
    assertEquals(
        new Cors(Set.of("http://a.test", "http://b.test"), true), LocalSettings.corsOfFile(file));

    Files.writeString(file, "{\"Host\": {\"CORS\": \"*\", \"CORSCredentials\": true}}");
    assertEquals(
        "CORSCredentials needs CORS to name the origins",
        assertThrows(IllegalArgumentException.class, () -> LocalSettings.corsOfFile(file))
            .getMessage());
  }

  @Test
  void a_file_that_is_no_json_is_reported_by_line_and_without_its_text() throws IOException {
    Path file = folder.resolve("local.settings.json");
    Files.writeString(file, "{\n \"Values\": {\n \"SECRET\": hunter2 } }");
    String message =
        assertThrows(StartException.class, () -> LocalSettings.ofFile(file)).getMessage();
    assertTrue(message.contains("line 3"), message);
    assertFalse(message.contains("hunter2"), message);
  }

  @Test
  void a_later_layer_wins_unless_it_is_blank() {
    assertEquals(
        Map.of("A", "1", "B", "2", "C", "3"),
        LocalSettings.layered(Map.of("A", "1", "B", "1"), Map.of("B", "2", "A", " ", "C", "3")));
  }

  @ParameterizedTest
  @CsvSource({
    "EVENTHUB_CONNECTION_STRING,fullyQualifiedNamespace",
    "AzureSignalRConnectionString,serviceUri"
  })
  void a_binding_by_identity_is_refused_and_its_setting_named(String name, String part) {
    Map<String, String> settings = Map.of(name + "__" + part, "name.example.test");
    assertEquals(
        "the setting %s__%s: the local host's bindings connect by connection strings only; set %s, or neither"
            .formatted(name, part, name),
        assertThrows(
                IllegalArgumentException.class,
                () -> LocalSettings.requireConnectionStrings(settings))
            .getMessage());
  }

  @Test
  void references_are_replaced_and_a_missing_one_is_named() {
    Map<String, String> settings = Map.of("S", "0 $1 *", "T", "x");
    assertEquals("0 $1 * and x", LocalSettings.resolve("%S% and %T%", settings));
    assertEquals("100% sure", LocalSettings.resolve("100% sure", settings));
    assertEquals(
        "the setting NOPE is missing",
        assertThrows(
                IllegalArgumentException.class, () -> LocalSettings.resolve("%NOPE%", settings))
            .getMessage());
  }
}
