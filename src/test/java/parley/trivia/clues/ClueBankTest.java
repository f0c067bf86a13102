package parley.trivia.clues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.trivia.guesses.GuessMatcher;

class ClueBankTest {

  private final ClueBank bank = new ClueBank(new Random(1));

  private Map<String, List<Clue>> byCategory() {
    return bank.all().stream().collect(Collectors.groupingBy(Clue::categoryTitle));
  }

  @Test
  void there_are_28_categories_of_ten_clues_from_100_to_1000() {
    List<Integer> board = IntStream.rangeClosed(1, 10).map(i -> 100 * i).boxed().toList();
    assertEquals(28, byCategory().size());
    byCategory()
        .forEach(
            (category, clues) ->
                assertEquals(board, clues.stream().map(Clue::value).toList(), category));
  }

  @Test
  void no_two_clues_have_one_id_or_ask_the_same() {
    Set<String> ids = new HashSet<>();
    Set<String> questions = new HashSet<>();
    Set<String> answers = new HashSet<>();
    for (Clue clue : bank.all()) {
      assertTrue(ids.add(clue.clueId()), clue.clueId());
      assertTrue(clue.clueId().matches("[a-z]+-(0[1-9]|10)"), clue.clueId());
      assertTrue(questions.add(clue.question()), clue.clueId());
      assertTrue(answers.add(clue.categoryTitle() + clue.answer()), clue.clueId());
    }
  }

  @Test
  void a_clue_is_plain_text_and_fit_to_be_asked() {
    for (Clue clue : bank.all()) {
      for (String text : List.of(clue.question(), clue.answer(), clue.categoryTitle())) {
        assertEquals(PlainText.of(text), text, clue.clueId());
      }
      assertTrue(clue.question().matches(".*[.?]"), clue.clueId());
      assertFalse(clue.answer().matches(".*\\d.*"), clue.clueId());
      assertEquals(clue, ClueChoice.best(List.of(clue), id -> false).orElseThrow());
    }
  }

  @Test
  void neither_its_question_nor_its_category_or_id_tells_the_answer() {
    for (Clue clue : bank.all()) {
      String answer = shortest(clue);
      String shown = String.join(" ", clue.question(), clue.categoryTitle(), clue.clueId());
      List<String> words = List.of(shown.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"));
      assertTrue(
          answer.length() > 3 ? !String.join(" ", words).contains(answer) : !words.contains(answer),
          clue.clueId());
    }
  }

  @Test
  void every_way_to_put_an_answer_is_right_for_it_and_for_no_other_of_its_category() {
    for (List<Clue> clues : byCategory().values()) {
      for (Clue clue : clues) {
        for (String guess : guesses(clue)) {
          for (Clue other : clues) {
            assertEquals(
                clue.equals(other),
                GuessMatcher.judge(guess, other.answer()).isCorrect(),
                () -> guess + " for " + other.clueId());
          }
        }
      }
    }
  }

  /** As it stands, with and without what is in parentheses, and what is there after "or". */
  private static List<String> guesses(Clue clue) {
    List<String> guesses = new ArrayList<>();
    guesses.add(clue.answer());
    guesses.add(shortest(clue));
    guesses.add(clue.answer().replaceAll("\\(or [^()]*\\)", "").replaceAll("[()]", "").strip());
    int or = clue.answer().indexOf("(or ");
    if (or >= 0) {
      String others = clue.answer().substring(or + 4, clue.answer().length() - 1);
      guesses.addAll(List.of(others.split(" or ")));
    }
    return guesses;
  }

  private static String shortest(Clue clue) {
    return clue.answer().replaceAll("\\([^()]*\\)", "").strip().toLowerCase(Locale.ROOT);
  }

  @Test
  void every_clue_is_dealt_once_before_any_is_dealt_again() {
    int all = bank.all().size();
    for (int round = 0; round < 3; round++) {
      Set<Clue> dealt = new HashSet<>();
      for (int i = 0; i < all / 7; i++) {
        dealt.addAll(bank.candidates(7));
      }
      assertEquals(all, dealt.size());
    }
  }

  @Test
  void the_clues_of_one_deal_are_different_ones_also_over_a_shuffle() {
    for (int i = 0; i < 200; i++) {
      assertEquals(9, new HashSet<>(bank.candidates(9)).size());
    }
    assertEquals(bank.all().size(), new HashSet<>(bank.candidates(100_000)).size());
  }

  @Test
  void another_app_deals_in_another_order() {
    List<Clue> one = new ClueBank(new Random(1)).candidates(20);
    assertEquals(one, new ClueBank(new Random(1)).candidates(20));
    assertFalse(one.equals(new ClueBank(new Random(2)).candidates(20)));
  }
}
