package parley.trivia.clues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.local.TestClock;

class RestingClueSourceTest {

  private static final Clue CLUE = new Clue("1", "First?", "first", "Order", 100);

  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private boolean isDown;
  private int asked;

  private final RestingClueSource source = new RestingClueSource(this::answer, clock);

  private List<Clue> answer(int count) throws ClueSourceException {
    asked++;
    if (isDown) {
      throw new ClueSourceException("down for the test");
    }
    return List.of(CLUE);
  }

  @Test
  void a_source_that_is_well_is_asked_every_time() throws Exception {
    assertEquals(List.of(CLUE), source.candidates(6));
    assertEquals(List.of(CLUE), source.candidates(6));
    assertEquals(2, asked);
  }

  @Test
  void a_source_that_failed_is_left_alone_for_a_minute() throws Exception {
    isDown = true;
    assertThrows(ClueSourceException.class, () -> source.candidates(6));
    isDown = false;
    clock.advance(Duration.ofSeconds(59));
    assertThrows(ClueSourceException.class, () -> source.candidates(6));
    assertEquals(1, asked);
    clock.advance(Duration.ofSeconds(1));
    assertEquals(List.of(CLUE), source.candidates(6));
  }
}
