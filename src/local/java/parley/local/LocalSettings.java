package parley.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.local.http.Cors;
import parley.local.services.StartException;

/** App settings by name: where the local host takes them from, and how a binding names one. */
final class LocalSettings {

  private static final Pattern REFERENCE = Pattern.compile("%([^%]+)%");

  private static final Pattern BY_IDENTITY =
      Pattern.compile("\\w+__(fullyQualifiedNamespace|serviceUri)");

  private LocalSettings() {}

  /**
   * The values of a {@code local.settings.json}, in which comments are allowed; none if there is no
   * such file.
   *
   * @throws StartException if it cannot be read as JSON
   */
  static Map<String, String> ofFile(Path file) {
    Map<String, String> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> value : read(file).path("Values").properties()) {
      values.put(value.getKey(), value.getValue().asText());
    }
    return values;
  }

  /**
   * Which pages such a file lets in, under {@code Host}, as Core Tools read it; none if it says
   * nothing of it.
   *
   * @throws StartException if it cannot be read as JSON
   * @throws IllegalArgumentException if it says what would be unsafe
   */
  static Cors corsOfFile(Path file) {
    JsonNode host = read(file).path("Host");
    return Cors.of(host.path("CORS").asText(), host.path("CORSCredentials").asBoolean());
  }

  private static JsonNode read(Path file) {
    JsonMapper json =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    try {
      return Files.exists(file) ? json.readTree(Files.readString(file)) : json.createObjectNode();
    } catch (JsonProcessingException e) {
      // The place only: the text around it may be a secret.
      throw new StartException(
          "%s is no JSON at line %d".formatted(file, e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All settings; of those with the same name the last one counts that is not blank. */
  @SafeVarargs
  static Map<String, String> layered(Map<String, String>... fromLowToHigh) {
    Map<String, String> settings = new HashMap<>();
    for (Map<String, String> layer : fromLowToHigh) {
      layer.forEach(
          (name, value) -> {
            if (!value.isBlank()) {
              settings.put(name, value);
            }
          });
    }
    return Map.copyOf(settings);
  }

  /**
   * Makes sure that no binding is to be opened by an identity, as it can be in Azure.
   *
   * @throws IllegalArgumentException if one is; the message names the setting
   */
  static void requireConnectionStrings(Map<String, String> settings) {
    settings.keySet().stream()
        .filter(name -> BY_IDENTITY.matcher(name).matches())
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "the setting %s: the local host's bindings connect by connection strings only; set %s, or neither"
                      .formatted(name, name.substring(0, name.indexOf("__"))));
            });
  }

  /**
   * Replaces each {@code %NAME%} by that setting, as Azure does in bindings.
   *
   * @throws IllegalArgumentException if there is none; the message names it
   */
  static String resolve(String text, Map<String, String> settings) {
    return REFERENCE
        .matcher(text)
        .replaceAll(reference -> Matcher.quoteReplacement(setting(reference.group(1), settings)));
  }

  private static String setting(String name, Map<String, String> settings) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the setting " + name + " is missing");
    }
    return value;
  }
}
