package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in the README do what it says. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the README's scripts are for bash")
class ReadmeTest {

  @Test
  void its_script_plays_a_game_to_a_win_by_x_in_at_most_twenty_lines(@TempDir Path state)
      throws IOException, InterruptedException {
    String script = scripts().get(0);
    assertTrue(script.lines().count() <= 20, "it has " + script.lines().count());
    try (TestHost parley = TestHost.start(state)) {
      String here = "127.0.0.1:" + parley.host().httpPort();

      String output = run(script.replace("127.0.0.1:7071", here));

      Matcher winner = Pattern.compile("Ada wins session (\\S+) with X").matcher(output);
      assertTrue(winner.find(), output);
      assertEquals(200, parley.awaitEnd(winner.group(1)).status());
    }
  }

  @Test
  void its_script_finds_a_match_for_four_cancels_one_and_times_one_out(@TempDir Path state)
      throws IOException, InterruptedException {
    String script =
        scripts().stream().filter(text -> text.contains("AddServer")).findFirst().orElseThrow();
    try (TestHost parley = TestHost.inRealTime(state)) {
      String here = "127.0.0.1:" + parley.host().httpPort();

      String output = run(script.replace("127.0.0.1:7071", here).replace(".local/", state + "/"));

      assertEquals(4, count(output, "\"status\":\"matched\""), output);
      assertEquals(4, count(output, "\"server\":\"203.0.113.7:7777\""), output);
      assertEquals(1, count(output, "\"status\":\"cancelled\""), output);
      assertEquals(1, count(output, "\"status\":\"timedOut\""), output);
    }
  }

  @Test
  void it_names_every_benchmark() throws IOException {
    String bench = Files.readString(Path.of("bench/java/parley/bench/Bench.java"));
    String readme = Files.readString(Path.of("README.md"));

    assertEquals(
        names("case \"(\\w+)\" ->", bench), names("(?m)^\\| `(\\w+)` \\|", benchmarks(readme)));
  }

  /** The part that has them in a table. */
  private static String benchmarks(String readme) {
    return readme.substring(readme.indexOf("-Dbench=<name>"), readme.indexOf("## License"));
  }

  private static Set<String> names(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toSet());
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }

  private static List<String> scripts() throws IOException {
    return Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(result -> result.group(1))
        .toList();
  }

  private static String run(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(bash.waitFor(60, TimeUnit.SECONDS), "the script has not ended");
    return output;
  }
}
