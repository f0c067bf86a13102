package parley.trivia.guesses;

import java.util.ArrayList;
import java.util.List;

/** The numerals of kings, popes and world wars. */
final class RomanNumerals {

  /** The index is the number. Those from 40 on have letters that make words: mix, DC, Li. */
  private static final List<String> NUMERALS = numerals();

  private RomanNumerals() {}

  /**
   * The words with numerals up to 39 in digits, where they are surely numerals: after another word,
   * and a single letter only at the end.
   */
  static List<String> inDigits(List<String> words) {
    List<String> result = new ArrayList<>(words);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      int number = NUMERALS.indexOf(word);
      if (number > 0 && (word.length() > 1 || i == words.size() - 1)) {
        result.set(i, Integer.toString(number));
      }
    }
    return result;
  }

  private static List<String> numerals() {
    List<String> units = List.of("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix");
    List<String> numerals = new ArrayList<>();
    for (String tens : List.of("", "x", "xx", "xxx")) {
      units.forEach(unit -> numerals.add(tens + unit));
    }
    return List.copyOf(numerals);
  }
}
