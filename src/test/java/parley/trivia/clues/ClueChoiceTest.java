package parley.trivia.clues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClueChoiceTest {

  private static Clue clue(String id, String answer, int value) {
    return new Clue(id, "What is it?", answer, "Things", value);
  }

  private static Optional<Clue> best(Clue... clues) {
    return ClueChoice.best(List.of(clues), id -> false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The bird seen here sings at night.",
        "This man, pictured with his dog, was a king.",
        "The piece heard here is by Bach.",
        "Name the person in this photo.",
        "This photograph was taken on the Moon",
        "The picture here is of a lake",
        "The flag shown here, with a leaf",
        "Here is a ship of the line.",
        "Listen to this; who sings?",
        "<a href=\"http://example.org/1.jpg\">This</a> is a bird",
        "Jimmy of the Clue Crew stands before a temple",
        "It is the animal ON YOUR SCREEN",
      })
  void a_clue_that_needs_a_picture_or_a_sound_is_never_asked(String question) {
    assertEquals(Optional.empty(), best(new Clue("1", question, "answer", "Things", 100)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "He painted a picture of his wife every year.",
        "Photographs were first made by this Frenchman.",
        "This imaginary line parts north from south.",
        "Heard by millions, it was on the radio in 1938.",
      })
  void a_clue_that_only_speaks_of_pictures_or_sounds_may_be_asked(String question) {
    assertTrue(best(new Clue("1", question, "answer", "Things", 100)).isPresent());
  }

  @Test
  void letters_are_better_than_digits_a_short_answer_than_a_long_one_and_easy_than_hard() {
    Clue digits = clue("digits", "1912", 100);
    Clue longer = clue("longer", "a long way to put it", 100);
    Clue hard = clue("hard", "heron", 800);
    Clue easy = clue("easy", "eagle", 600);
    assertEquals(digits, best(digits).orElseThrow());
    assertEquals(longer, best(digits, longer).orElseThrow());
    assertEquals(hard, best(digits, longer, hard).orElseThrow());
    assertEquals(easy, best(digits, longer, hard, easy).orElseThrow());
    assertEquals(easy, best(easy, clue("easier", "robin", 100)).orElseThrow());
  }

  @Test
  void what_need_not_be_typed_makes_no_answer_long() {
    Clue optional = clue("optional", "femur (or thighbone or thigh bone)", 100);
    assertEquals(optional, best(clue("four", "one of four words", 100), optional).orElseThrow());
  }

  @Test
  void a_clue_that_was_asked_lately_and_an_endless_answer_are_left_out() {
    Clue first = clue("first", "heron", 100);
    Clue second = clue("second", "eagle", 1000);
    Set<String> recent = Set.of("first");
    assertEquals(Optional.of(second), ClueChoice.best(List.of(first, second), recent::contains));
    assertEquals(Optional.empty(), ClueChoice.best(List.of(first), recent::contains));
    assertEquals(Optional.empty(), best(clue("endless", "a".repeat(61), 100)));
    assertEquals(Optional.empty(), best());
  }

  @Test
  void a_clue_guards_its_bounds_and_shows_no_answer() {
    Clue clue = clue("capitals-1", "Paris", 0);
    assertFalse(clue.toString().contains("Paris"));
    for (String id : List.of("", "a b", "ä", "x".repeat(65), "<b>", "a\n")) {
      assertThrows(IllegalArgumentException.class, () -> clue(id, "Paris", 100));
    }
    for (String answer : List.of("", "  ", "Paris".repeat(41))) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> clue("1", answer, 100));
      assertFalse(refusal.getMessage().contains("Paris"));
    }
    assertThrows(IllegalArgumentException.class, () -> clue("1", "Paris", -1));
    assertThrows(IllegalArgumentException.class, () -> clue("1", "Paris", 10_001));
  }
}
