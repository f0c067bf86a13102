package parley.trivia.clues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.local.TestClock;

class FallbackClueSourceTest {

  private static final Clue FIRST = new Clue("1", "First?", "first", "Order", 100);
  private static final Clue SECOND = new Clue("2", "Second?", "second", "Order", 100);

  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private boolean firstIsDown;
  private int firstAsked;

  private final FallbackClueSource source =
      new FallbackClueSource(this::first, count -> List.of(SECOND), clock);

  private List<Clue> first(int count) throws ClueSourceException {
    firstAsked++;
    if (firstIsDown) {
      throw new ClueSourceException("down for the test");
    }
    return List.of(FIRST);
  }

  @Test
  void the_second_source_is_asked_only_when_the_first_fails() throws Exception {
    assertEquals(List.of(FIRST), source.candidates(6));
    firstIsDown = true;
    assertEquals(List.of(SECOND), source.candidates(6));
  }

  @Test
  void a_source_that_failed_is_left_alone_for_a_minute() throws Exception {
    firstIsDown = true;
    source.candidates(6);
    firstIsDown = false;
    clock.advance(Duration.ofSeconds(59));
    assertEquals(List.of(SECOND), source.candidates(6));
    assertEquals(1, firstAsked);
    clock.advance(Duration.ofSeconds(1));
    assertEquals(List.of(FIRST), source.candidates(6));
  }

  @Test
  void when_both_fail_so_does_it() {
    firstIsDown = true;
    FallbackClueSource both = new FallbackClueSource(this::first, this::first, clock);
    assertThrows(ClueSourceException.class, () -> both.candidates(6));
  }
}
