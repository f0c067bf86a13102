package parley.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The template for Azure is what Azure takes and what the code needs, as far as can be told here.
 */
class TemplateTest {

  private static final String TEMPLATE = read("azuredeploy.json");
  private static final Map<String, Set<String>> FINDINGS = TemplateChecks.findings(TEMPLATE);

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> checks() {
    return TemplateChecks.names();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void of_the_template(String check) {
    assertEquals(Set.of(), FINDINGS.getOrDefault(check, Set.of()));
  }
}
