package parley.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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

  @Test
  void the_button_in_the_readme_opens_it_as_it_is_at_the_tag_of_this_version() {
    Matcher button =
        Pattern.compile(
                "\\(https://portal\\.azure\\.com/#create/Microsoft\\.Template/uri/([^)]*)\\)")
            .matcher(read("README.md"));
    Matcher version = Pattern.compile("<version>([^<-]*)").matcher(read("pom.xml"));

    assertTrue(button.find() && version.find());
    assertTrue(
        URLDecoder.decode(button.group(1), StandardCharsets.UTF_8)
            .matches(
                "https://raw\\.githubusercontent\\.com/[\\w-]+/parley/v"
                    + Pattern.quote(version.group(1))
                    + "/azuredeploy\\.json"),
        button.group(1));
    assertFalse(button.find(), "there is one button");
  }
}
