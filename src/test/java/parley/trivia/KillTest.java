package parley.trivia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.Answer;
import parley.TestApp.Unanswered;
import parley.TestProcess;
import parley.TestRedis;
import parley.platform.Json;
import parley.trivia.BroadcastSink.Moment;
import parley.trivia.BroadcastSink.Trap;

/** The app is killed in the middle of a beat, at every step that could be lost or done twice. */
class KillTest {

  private static final Duration BEAT = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static BroadcastSink service;
  private static TestProcess app;
  private static Contest contest;

  private final String session = UUID.randomUUID().toString();

  @BeforeAll
  static void serve() throws IOException {
    Contest.forget();
    service = new BroadcastSink();
    app =
        new TestProcess(
            folder,
            Map.of(
                "REDIS_CONNECTION_STRING", TestRedis.url(),
                "AzureSignalRConnectionString", service.connectionString()));
    contest = new Contest(app);
  }

  @AfterAll
  static void end() {
    app.close();
    service.close();
  }

  @BeforeEach
  void a_game_runs() throws Exception {
    if (contest.start().status() == 202) {
      service.next();
    }
  }

  private static JsonNode clue(String message) {
    return Json.read(message, JsonNode.class).at("/arguments/0");
  }

  private static String nextClueId(String message) {
    return clue(message).at("/nextClue/clueId").textValue();
  }

  private static String beatOf(String clueId) {
    return Contest.text(
        "SELECT BeatTime FROM trivia_clue WHERE ClueId = ? ORDER BY ID DESC LIMIT 1", clueId);
  }

  @ParameterizedTest
  @EnumSource
  void a_clue_is_sent_again_as_it_was_and_the_next_comes_when_it_was_planned(Moment moment)
      throws Exception {
    Trap death = service.set(TriviaNames.NEW_CLUE, moment, app::kill);
    app.advance(BEAT);
    String cut = death.await();
    if (moment == Moment.AFTER) {
      assertEquals(cut, service.next());
    }
    app.restart();

    assertEquals(cut, service.next());
    String clueId = nextClueId(cut);
    app.advance(BEAT);
    String next = service.next();
    assertEquals(clueId, clue(next).at("/previousClue/clueId").textValue());
    assertEquals(
        "20.000",
        Contest.text(
            "SELECT CAST(TIMESTAMPDIFF(MICROSECOND, ?, ?) / 1000000 AS DECIMAL(9, 3))",
            beatOf(clueId),
            beatOf(nextClueId(next))));
    assertEquals(0, service.left());
  }

  @Test
  void a_guess_that_was_put_down_is_not_lost_and_not_counted_twice() throws Exception {
    app.advance(BEAT);
    String clueId = nextClueId(service.next());
    app.advance(Duration.ofSeconds(7));
    String answer = Contest.answerOf(clueId);
    Answer acknowledged = contest.guess(null, "first-" + session, clueId, answer);
    assertEquals(200, acknowledged.status());
    service.next();

    Trap death = service.set(TriviaNames.NEW_GUESS, Moment.BEFORE, app::kill);
    assertThrows(Unanswered.class, () -> contest.guess(null, session, clueId, answer));
    death.await();
    app.restart();

    assertEquals(clueId, contest.info().body().at("/currentClue/clueId").textValue());
    Answer again = contest.guess(null, session, clueId, "not what was said first");
    assertEquals(answer, again.text("guess"));
    assertTrue(again.body().path("isCorrect").booleanValue());
    assertEquals(acknowledged.body(), contest.guess(null, "first-" + session, clueId, "x").body());
    assertEquals(1, Contest.guessesOf(session));
    assertEquals(
        "1",
        Contest.text("SELECT Guesses FROM trivia_score WHERE Scorer = ?", "session:" + session));

    app.advance(Duration.ofSeconds(13));
    JsonNode next = clue(service.next());
    assertEquals(clueId, next.at("/previousClue/clueId").textValue());
    assertFalse(next.at("/nextClue/clueId").textValue().equals(clueId));
  }
}
