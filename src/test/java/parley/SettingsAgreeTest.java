package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import parley.platform.Settings;

/** The code, local.settings.json.example and the README name the same settings and defaults. */
class SettingsAgreeTest {

  private static Map<String, String> code() {
    Map<String, String> settings = new TreeMap<>();
    Settings.KEYS.forEach(
        key -> settings.put(key.name(), key.defaultValue() == null ? "" : key.defaultValue()));
    return settings;
  }

  @Test
  void the_example_names_every_setting_with_its_default() throws IOException {
    JsonMapper mapper = JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();
    JsonNode values =
        mapper.readTree(Files.readString(Path.of("local.settings.json.example"))).get("Values");
    Map<String, String> example = new TreeMap<>();
    values.properties().forEach(value -> example.put(value.getKey(), value.getValue().asText()));
    // The Functions host's own.
    example.remove("FUNCTIONS_WORKER_RUNTIME");
    example.remove("AzureWebJobsStorage");

    assertEquals(code(), example);
  }

  @Test
  void the_readme_and_the_example_name_what_tells_of_an_identity() throws IOException {
    for (String file : List.of("README.md", "local.settings.json.example")) {
      String text = Files.readString(Path.of(file));
      Settings.KEYS.stream()
          .flatMap(key -> key.byIdentity().stream())
          .forEach(name -> assertTrue(text.contains(name), name + " in " + file));
    }
  }

  @Test
  void the_readme_lists_every_setting_with_its_default() throws IOException {
    Pattern row =
        Pattern.compile(
            "^\\| `([A-Za-z_]+)` \\| (?:required|none|`([^`]*)`) \\|", Pattern.MULTILINE);
    Matcher rows = row.matcher(Files.readString(Path.of("README.md")));
    Map<String, String> readme = new TreeMap<>();
    while (rows.find()) {
      readme.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
    }

    assertEquals(code(), readme);
  }
}
