package parley.trivia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.TestPlayer;
import parley.local.TestClock;
import parley.trivia.Contest.Client;

/** The game as its page sees it: over HTTP, and by the published client of SignalR. */
class TriviaGameTest {

  private static final Duration BEAT = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static TestHost host;
  private static Contest contest;

  private final String session = UUID.randomUUID().toString();

  @BeforeAll
  static void serve() {
    host =
        TestHost.start(
            folder, new TestClock("2026-03-01T12:00:00Z"), Map.of("TRIVIA_AUTOSTART", "true"));
    contest = new Contest(host);
  }

  @AfterAll
  static void end() {
    host.close();
  }

  @BeforeEach
  void forget() {
    Contest.forget();
  }

  @AfterEach
  void stop() {
    contest.stop();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String problem(Answer answer, int status) {
    assertEquals(status, answer.status(), () -> "" + answer.body());
    assertTrue(answer.header("Content-Type").startsWith("application/problem+json"));
    return answer.text("type");
  }

  private String startAndAwaitClue() {
    assertEquals(202, contest.start().status());
    return contest.awaitClue().path("clueId").textValue();
  }

  @Test
  void every_message_has_the_fields_that_the_published_page_reads() throws Exception {
    try (Client client = contest.connect()) {
      Answer started = contest.start();
      assertEquals(202, started.status());
      assertEquals(Set.of("instanceId"), names(started.body()), "no URLs, they hold a key");
      assertEquals("1", started.text("instanceId"));

      JsonNode first = client.nextClue();
      assertEquals(Set.of("nextClue", "previousClue"), names(first));
      assertTrue(first.path("previousClue").isObject());
      assertEquals(0, first.path("previousClue").size(), "an empty object, never null");
      JsonNode clue = first.path("nextClue");
      assertEquals(
          Set.of("categoryTitle", "clueId", "estimatedTimeRemaining", "question"), names(clue));
      assertTrue(clue.path("clueId").isTextual());
      assertTrue(clue.path("question").isTextual());
      assertTrue(clue.path("categoryTitle").isTextual());
      assertEquals(20_000, clue.path("estimatedTimeRemaining").asInt());
      String clueId = clue.path("clueId").asText();

      String right = Contest.answerOf(clueId);
      Answer judged = contest.guess(null, session, clueId, right);
      assertEquals(200, judged.status());
      assertEquals(
          Set.of("clueId", "guess", "isCorrect", "sessionId", "similarity"), names(judged.body()));
      assertEquals(session, judged.text("sessionId"));
      assertEquals(clueId, judged.text("clueId"));
      assertEquals(right, judged.text("guess"));
      assertTrue(judged.body().path("isCorrect").booleanValue());
      assertEquals(1, judged.body().path("similarity").asDouble());

      JsonNode guess = client.nextGuess();
      assertEquals(Set.of("clueId", "isCorrect"), names(guess));
      assertEquals(clueId, guess.path("clueId").textValue());
      assertTrue(guess.path("isCorrect").booleanValue());

      host.advance(BEAT);
      JsonNode previous = client.nextClue().path("previousClue");
      assertEquals(
          Set.of("PartitionKey", "answer", "categoryTitle", "clueId", "question", "value"),
          names(previous));
      assertEquals(clueId, previous.path("PartitionKey").textValue());
      assertEquals(clueId, previous.path("clueId").textValue());
      assertEquals(clue.path("question"), previous.path("question"));
      assertEquals(clue.path("categoryTitle"), previous.path("categoryTitle"));
      assertEquals(right, previous.path("answer").textValue());
      assertTrue(previous.path("value").isInt());
    }
  }

  @Test
  void who_comes_in_the_middle_of_a_beat_learns_its_clue_and_what_is_left_of_it() {
    Answer before = contest.info();
    assertEquals(Set.of("accessToken", "currentClue", "url"), names(before.body()));
    assertTrue(before.body().path("currentClue").isNull());

    String clueId = startAndAwaitClue();
    host.advance(Duration.ofSeconds(5));
    JsonNode current = contest.info().body().path("currentClue");
    assertEquals(
        Set.of("categoryTitle", "clueId", "estimatedTimeRemaining", "question"), names(current));
    assertEquals(clueId, current.path("clueId").textValue());
    assertEquals(15_000, current.path("estimatedTimeRemaining").asInt());
  }

  @Test
  void one_game_runs_at_a_time_and_can_be_stopped_and_started_again() {
    assertEquals(401, host.send("POST", "/api/HttpStartSingle", null, null).status());
    assertEquals(401, host.send("POST", "/api/trivia/stop", null, null).status());
    assertEquals("not-running", problem(contest.stop(), 409));

    assertEquals(202, host.operate("GET", "/api/HttpStartSingle", null).status());
    assertEquals("already-running", problem(contest.start(), 409));
    String first = contest.awaitClue().path("clueId").textValue();
    assertEquals(202, contest.stop().status());
    assertEquals("Terminated", host.instance("1").text("runtimeStatus"));
    assertEquals("not-running", problem(contest.stop(), 409));

    host.advance(Duration.ofSeconds(3));
    assertEquals(202, contest.start().status());
    contest.awaitClue(first);
    assertEquals(
        "too-late",
        problem(contest.guess(null, session, first, Contest.answerOf(first)), 409),
        "its answer was shown with the new one");
  }

  @Test
  void a_game_starts_by_itself_but_not_again_when_it_was_stopped() {
    host.terminate(runOnce());
    assertEquals(200, purge().status());

    host.await(
        () -> {
          host.advance(Duration.ofSeconds(1));
          return host.instance("1");
        },
        instance -> "Running".equals(instance.text("runtimeStatus")));
    assertEquals(202, contest.stop().status());
    for (int i = 0; i < 30; i++) {
      host.advance(Duration.ofSeconds(1));
      assertEquals("Terminated", host.instance("1").text("runtimeStatus"));
    }
  }

  private static String runOnce() {
    contest.start();
    contest.awaitClue();
    return "1";
  }

  private static Answer purge() {
    return host.send(
        "DELETE",
        "/runtime/webhooks/durabletask/instances/1?code=" + host.host().systemKey(),
        null,
        null);
  }

  @Test
  void a_guess_counts_until_the_beat_ends_and_not_after() {
    String clueId = startAndAwaitClue();
    String answer = Contest.answerOf(clueId);
    host.advance(BEAT.minusMillis(1));
    assertEquals(200, contest.guess(null, session, clueId, answer).status());

    host.advance(Duration.ofMillis(1));
    assertEquals("too-late", problem(contest.guess(null, "another", clueId, answer), 409));
    contest.awaitClue(clueId);
    assertEquals("too-late", problem(contest.guess(null, "another", clueId, answer), 409));
    assertEquals(0, Contest.guessesOf("another"));
    // Who had no answer to the first try asks again.
    assertTrue(
        contest.guess(null, session, clueId, answer).body().path("isCorrect").booleanValue());
  }

  @Test
  void the_first_guess_of_a_session_counts_and_is_told_of_once() throws Exception {
    try (Client client = contest.connect()) {
      contest.start();
      String clueId = client.nextClue().at("/nextClue/clueId").textValue();
      Answer wrong = contest.guess(null, session, clueId, "no idea, nobody told me");
      assertFalse(wrong.body().path("isCorrect").booleanValue());
      Answer again = contest.guess(null, session, clueId, Contest.answerOf(clueId));
      assertEquals(wrong.body(), again.body());
      assertEquals(1, Contest.guessesOf(session));

      contest.guess(null, "another", clueId, Contest.answerOf(clueId));
      assertFalse(client.nextGuess().path("isCorrect").booleanValue());
      assertTrue(
          client.nextGuess().path("isCorrect").booleanValue(), "the other's, not again ours");
    }
  }

  @Test
  void a_player_guesses_once_from_whichever_session() {
    TestPlayer ada = host.signIn("Ada");
    String clueId = startAndAwaitClue();
    Answer first = contest.guess(ada, session, clueId, "no idea, nobody told me");
    Answer second = contest.guess(ada, "another", clueId, Contest.answerOf(clueId));

    assertEquals(first.body().path("isCorrect"), second.body().path("isCorrect"));
    assertEquals("no idea, nobody told me", second.text("guess"));
    assertEquals(0, Contest.guessesOf("another"));
  }

  @Test
  void what_is_no_guess_is_refused_and_says_why() {
    String clueId = startAndAwaitClue();
    assertEquals("not-found", problem(contest.guess(null, session, "no-such-clue", "x"), 404));
    assertEquals("not-found", problem(contest.guess(null, session, "x".repeat(9_000), "x"), 404));
    assertEquals("not-found", problem(contest.guess(null, session, "clé-\uD83D\uDE00", "x"), 404));
    assertEquals("not-found", problem(contest.guess(null, session, clueId + " ", "x"), 404));
    assertEquals("guess-empty", problem(contest.guess(null, session, clueId, " "), 422));
    assertEquals(
        "guess-too-long", problem(contest.guess(null, session, clueId, "x".repeat(201)), 422));
    assertEquals(
        "too-large", problem(contest.guess(null, session, clueId, "x".repeat(20_000)), 413));
    assertEquals("malformed", problem(contest.guess(null, "", clueId, "x"), 400));
    assertEquals("malformed", problem(contest.guess(null, "x".repeat(65), clueId, "x"), 400));
    for (String body :
        List.of(
            "",
            "[]",
            "{}",
            "{\"sessionId\":\"s\",\"clueId\":\"c\"}",
            "{\"sessionId\":\"s\",\"clueId\":7,\"value\":\"x\"}",
            "{\"sessionId\":\"s\",\"clueId\":\"c\",\"value\":null}")) {
      assertEquals("malformed", problem(host.post("/api/SubmitGuess", null, body), 400), body);
    }
    TestPlayer forger = new TestPlayer(UUID.randomUUID().toString(), "no.such.token");
    assertEquals("unauthenticated", problem(contest.guess(forger, session, clueId, "x"), 401));
    assertEquals(0, Contest.guessesOf(session));
  }

  @Test
  void the_leaderboard_has_players_by_name_and_guests_under_another_than_their_session() {
    TestPlayer ada = host.signIn("Ada");
    TestPlayer bob = host.signIn("Bob");
    List<String> clues = new ArrayList<>();
    clues.add(startAndAwaitClue());
    for (int i = 0; i < 3; i++) {
      String clueId = clues.get(i);
      String answer = Contest.answerOf(clueId);
      contest.guess(ada, "adas-" + i, clueId, answer);
      contest.guess(bob, "bobs", clueId, i == 0 ? "no idea" : answer);
      contest.guess(null, session, clueId, "no idea");
      host.advance(BEAT);
      clues.add(contest.awaitClue(clues.toArray(String[]::new)).path("clueId").textValue());
    }

    JsonNode board = host.get("/api/trivia/leaderboard", null).body();
    assertEquals("2026-03-01", board.path("day").textValue());
    JsonNode leaders = board.path("leaders");
    assertEquals(3, leaders.size(), "" + leaders);
    int third = Contest.valueOf(clues.get(1)) + Contest.valueOf(clues.get(2));
    assertLeader(leaders.get(0), 1, "Ada", Contest.valueOf(clues.get(0)) + third, 3);
    assertLeader(leaders.get(1), 2, "Bob", third, 2);
    assertLeader(leaders.get(2), 3, leaders.get(2).path("name").asText(), 0, 0);
    assertTrue(leaders.get(2).path("name").asText().startsWith("Guest "));
    assertFalse(board.toString().contains(session), "who knows it could guess in its place");
  }

  private static void assertLeader(
      JsonNode leader, int rank, String name, int points, int correct) {
    assertEquals(Set.of("correct", "guesses", "name", "points", "rank"), names(leader));
    assertEquals(rank, leader.path("rank").asInt());
    assertEquals(name, leader.path("name").asText());
    assertEquals(points, leader.path("points").asInt());
    assertEquals(correct, leader.path("correct").asInt());
    assertEquals(3, leader.path("guesses").asInt());
  }

  @Test
  void a_stopped_game_leaves_nothing_to_guess_at_after_its_last_beat() {
    String clueId = startAndAwaitClue();
    contest.stop();
    assertEquals(200, contest.guess(null, session, clueId, "x").status());

    host.advance(BEAT);
    assertTrue(contest.info().body().path("currentClue").isNull());
    assertNotEquals(200, contest.guess(null, "another", clueId, "x").status());
  }
}
