package parley.trivia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.signalr.SignalRMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.TestDatabase;
import parley.local.TestClock;
import parley.platform.Database;
import parley.platform.Json;
import parley.trivia.TriviaActivities.Sent;
import parley.trivia.clues.Clue;
import parley.trivia.clues.ClueSource;
import parley.trivia.clues.ClueSourceException;
import parley.trivia.rules.Beat;

/** What becomes of a beat, on the real database and with sources that a test chooses. */
class TriviaActivitiesTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Beat FIRST = new Beat(START, 20);

  private final TestClock clock = new TestClock(START.toString());
  private final Database database = new Database(TestDatabase.url(), 4);
  private final AskedClues asked = new AskedClues(database, "here");

  @BeforeEach
  void forget() {
    Contest.forget();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Clue clue(String id) {
    return new Clue(id, "Which one is " + id + "?", "Number " + id, "Tests", 100);
  }

  private static ClueSource only(String... ids) {
    return count -> IntStream.range(0, ids.length).mapToObj(i -> clue(ids[i])).toList();
  }

  /** An output as the worker hands it in. */
  private static final class Out implements OutputBinding<SignalRMessage> {
    private SignalRMessage message;

    @Override
    public SignalRMessage getValue() {
      return message;
    }

    @Override
    public void setValue(SignalRMessage value) {
      message = value;
    }
  }

  private record Done(Sent sent, String message) {}

  private Done run(Beat beat, ClueSource source) {
    return run(new TriviaActivities(new FreshClues(List.of(source), asked), asked, clock), beat);
  }

  private static Done run(TriviaActivities activities, Beat beat) {
    Out out = new Out();
    String answer = activities.getAndSendClue(Json.write(beat), out);
    String message =
        out.message == null ? null : Json.write(List.of(out.message.target, out.message.arguments));
    return new Done(Json.read(answer, Sent.class), message);
  }

  @Test
  void run_again_it_sends_the_same_whatever_the_source_says_and_the_clock() {
    run(FIRST, only("c1"));
    Beat second = FIRST.next(START);
    clock.advance(Duration.ofMillis(20_250));
    Done once = run(second, only("c2"));
    clock.advance(Duration.ofSeconds(4));
    Done twice = run(second, only("c3"));

    assertEquals(once, twice);
    assertEquals("c2", once.sent().clue().clueId());
    assertEquals(
        Json.canonical(
            Json.readObject(
                """
                {"message": ["newClue", [{
                  "previousClue": {"PartitionKey": "c1", "clueId": "c1", "value": 100,
                    "question": "Which one is c1?", "answer": "Number c1",
                    "categoryTitle": "Tests"},
                  "nextClue": {"clueId": "c2", "question": "Which one is c2?",
                    "categoryTitle": "Tests", "estimatedTimeRemaining": 19750}}]]}""")),
        Json.canonical(Json.readObject("{\"message\":" + once.message() + "}")));
  }

  @Test
  void without_a_source_the_beat_is_skipped_and_nothing_is_sent() {
    Done down =
        run(
            FIRST,
            count -> {
              throw new ClueSourceException("it is down");
            });
    assertEquals(new Done(new Sent(null, "no source gave a clue"), null), down);
    assertEquals("no source gave a clue", run(FIRST, only()).sent().skipped());

    assertEquals("c1", run(FIRST, only("c1")).sent().clue().clueId(), "it may be tried again");
  }

  @Test
  void a_clue_that_was_asked_lately_does_not_come_back() {
    Beat beat = FIRST;
    for (int i = 0; i < 100; i++) {
      assertEquals("c" + i, run(beat, only("c" + i)).sent().clue().clueId());
      clock.advance(Duration.ofSeconds(20));
      beat = beat.next(clock.instant());
    }
    assertEquals("no source gave a clue", run(beat, only("c0")).sent().skipped());
    assertEquals("fresh", run(beat, only("c99", "fresh")).sent().clue().clueId());

    clock.advance(Duration.ofSeconds(20));
    beat = beat.next(clock.instant());
    assertEquals("c0", run(beat, only("c0")).sent().clue().clueId(), "a hundred were since");
  }

  @Test
  void a_beat_that_is_over_or_half_over_is_not_begun() {
    clock.advance(Duration.ofMillis(10_001));
    assertEquals("too little of its time is left", run(FIRST, only("c1")).sent().skipped());
    clock.advance(Duration.ofMillis(9_999));
    assertEquals("its time is over", run(FIRST, only("c1")).sent().skipped());
    assertEquals(Optional.empty(), asked.last());
  }

  @Test
  void a_clue_that_was_put_down_is_still_sent_in_the_second_half_but_not_after_the_end() {
    String message = run(FIRST, only("c1")).message();
    clock.advance(Duration.ofSeconds(19));
    assertEquals(message, run(FIRST, only("c2")).message());
    clock.advance(Duration.ofSeconds(1));
    assertNull(run(FIRST, only("c2")).message());
  }

  @Test
  void the_next_source_is_asked_where_the_first_fails_or_has_only_what_was_asked_lately() {
    ClueSource down =
        count -> {
          throw new ClueSourceException("down for the test");
        };
    List<ClueSource> sources = List.of(down, only("c1"), only("c2"));
    TriviaActivities activities =
        new TriviaActivities(new FreshClues(sources, asked), asked, clock);

    assertEquals("c1", run(activities, FIRST).sent().clue().clueId());
    clock.advance(Duration.ofSeconds(20));
    Beat second = FIRST.next(clock.instant());
    assertEquals("c2", run(activities, second).sent().clue().clueId());
  }

  @Test
  void the_games_of_two_regions_share_a_database_and_nothing_else() {
    run(FIRST, only("c1"));
    AskedClues there = new AskedClues(database, "there");
    String message =
        run(new TriviaActivities(new FreshClues(List.of(only("c1")), there), there, clock), FIRST)
            .message();

    assertEquals("c1", there.last().orElseThrow().clue().clueId(), "it was asked here only");
    assertTrue(message.contains("\"previousClue\":{}"), message);
    assertEquals("c1", asked.last().orElseThrow().clue().clueId());
  }

  @Test
  void what_a_stopped_game_had_under_way_does_not_speak_into_the_next_game() {
    clock.advance(Duration.ofSeconds(3));
    Beat other = new Beat(clock.instant(), 20);
    run(other, only("c2"));

    Done old = run(FIRST, only("c1"));
    assertEquals(new Done(new Sent(null, "another has begun"), null), old);
    assertNotEquals("c1", asked.last().orElseThrow().clue().clueId());
  }
}
