package parley.trivia;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestHost;
import parley.TestScript;

/** The example on the published JavaScript client of SignalR does what the README says. */
class JavaScriptClientTest {

  private static final Path EXAMPLES = Path.of("docs", "examples");

  @Test
  void it_shows_clues_as_they_come_and_guesses(@TempDir Path folder) throws Exception {
    TestScript.requirePackages(EXAMPLES);
    Contest.forget();
    try (TestHost host = TestHost.start(folder)) {
      Contest contest = new Contest(host);
      assertEquals(202, contest.start().status());
      JsonNode clue = contest.awaitClue();
      String answer = Contest.answerOf(clue.path("clueId").textValue());
      String api = "http://127.0.0.1:" + host.host().httpPort() + "/api";
      try (TestScript player =
          TestScript.start(EXAMPLES.resolve("trivia.mjs"), Map.of("PARLEY_API", api), "Ada")) {
        player.await(line(clue));
        player.type(answer);
        player.await(answer + ": right");

        host.advance(Duration.ofSeconds(20));
        player.await("It was: " + answer + ". Right 1, wrong 0.");
        player.await(line(contest.awaitClue(clue.path("clueId").textValue())));
        player.type("nobody told me");
        player.await("nobody told me: wrong");
      }
      assertEquals(
          "Ada",
          host.get("/api/trivia/leaderboard", null).body().at("/leaders/0/name").textValue());
    }
  }

  private static String line(JsonNode clue) {
    return "%s: %s (20 s)"
        .formatted(clue.path("categoryTitle").textValue(), clue.path("question").textValue());
  }
}
