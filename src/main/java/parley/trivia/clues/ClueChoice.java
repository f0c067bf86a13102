package parley.trivia.clues;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tells which of several clues is the best to ask everybody. */
public final class ClueChoice {

  /** Words of a question that needs a picture or a sound beside it. */
  private static final Pattern NEEDS_MORE_THAN_TEXT =
      Pattern.compile(
          "\\b(?:(?:seen|shown|heard|played|depicted|displayed|illustrated|presented|featured) here"
              + "|here (?:is|are|we see)|pictured|(?:audio|video) (?:clue|clip)"
              + "|this (?:photo(?:graph)?|picture|image|clip|video|recording|silhouette|logo)"
              + "|(?:photo(?:graph)?|picture|image|map|diagram|clip|video) (?:here|above|below)"
              + "|on (?:the|your) (?:screen|monitor)|listen to (?:this|the)|click here|clue crew)\\b"
              + "|https?:",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST_ANSWER = 60;
  private static final int SHORT_ANSWER = 24;
  private static final int SHORT_ANSWER_WORDS = 3;
  private static final int HIGHEST_EASY_VALUE = 600;

  private ClueChoice() {}

  /**
   * The best of them: letters rather than digits to type, a short answer, an easy one, in this
   * order; the first of equals. Never one that needs a picture or a sound, or a long answer.
   *
   * @param recentClueId whether the clue of that id has been asked lately, which leaves it out
   * @return empty if none is fit
   */
  public static Optional<Clue> best(List<Clue> candidates, Predicate<String> recentClueId) {
    return candidates.stream()
        .filter(clue -> isFit(clue) && !recentClueId.test(clue.clueId()))
        .min(
            Comparator.comparing(ClueChoice::hasDigits)
                .thenComparing(ClueChoice::isLong)
                // Not by the value itself: the easiest tenth of all clues would be asked for ever.
                .thenComparing(clue -> clue.value() > HIGHEST_EASY_VALUE));
  }

  private static boolean isFit(Clue clue) {
    return clue.answer().length() <= LONGEST_ANSWER
        && !NEEDS_MORE_THAN_TEXT.matcher(clue.question()).find();
  }

  private static boolean hasDigits(Clue clue) {
    return clue.answer().codePoints().anyMatch(Character::isDigit);
  }

  private static boolean isLong(Clue clue) {
    // What stands in parentheses need not be typed.
    String answer = clue.answer().replaceAll("\\([^()]*\\)", " ").strip();
    return answer.length() > SHORT_ANSWER || answer.split(" +").length > SHORT_ANSWER_WORDS;
  }
}
