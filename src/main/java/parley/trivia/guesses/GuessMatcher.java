package parley.trivia.guesses;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Tells whether a guess is the answer, as a kind quiz master would: small slips of spelling are
 * forgiven; another number, another short word or another thing with a similar name are not.
 */
public final class GuessMatcher {

  /** The longest text that is looked at, in characters; the time taken grows with its square. */
  public static final int LONGEST = 200;

  private static final double SIMILAR = 0.75;

  /** Below it one word of several is another word: north and south are 0.6. */
  private static final double SIMILAR_WORD = 0.6;

  /** Up to here a single letter makes another word. */
  private static final int SHORT = 3;

  private static final Verdict NOTHING_ALIKE = new Verdict(false, 0);

  /** How quiz shows want an answer put. */
  private static final Pattern QUIZ_HABIT =
      Pattern.compile(
          "^\\s*(?:i think\\s+)?(?:(?:is it|it is|it[’']?s|that[’']?s)\\s+"
              + "|(?:what|who|where|when|which)(?:[’']?s|\\s+(?:is|are|was|were))\\s+)",
          Pattern.CASE_INSENSITIVE);

  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private GuessMatcher() {}

  /**
   * Compares a guess with an answer. Case, accents, punctuation, articles and "of" count for
   * nothing, and numbers may be words or digits. Any texts will do: one that is empty or longer
   * than {@link #LONGEST} is like no other.
   *
   * @param answer may hold other ways to put it: {@code (the) Beatles}, {@code femur (or
   *     thighbone)}, {@code lift/elevator}
   */
  public static Verdict judge(String guess, String answer) {
    if (guess.length() > LONGEST || answer.length() > LONGEST) {
      return NOTHING_ALIKE;
    }
    List<Words> answers = Readings.of(answer).stream().map(Words::of).toList();
    Verdict best = NOTHING_ALIKE;
    for (String reading : List.of(guess, QUIZ_HABIT.matcher(guess).replaceFirst(""))) {
      Words words = Words.of(reading);
      for (Words one : answers) {
        best = better(best, compare(words, one));
      }
    }
    return best;
  }

  private static Verdict better(Verdict one, Verdict other) {
    if (one.isCorrect() != other.isCorrect()) {
      return one.isCorrect() ? one : other;
    }
    return one.similarity() >= other.similarity() ? one : other;
  }

  private static Verdict compare(Words guess, Words answer) {
    String guessed = guess.joined();
    String right = answer.joined();
    // Folding may have made them longer.
    if (guessed.isEmpty() || guessed.length() > LONGEST || right.length() > LONGEST) {
      return NOTHING_ALIKE;
    }
    double similarity = similarity(guessed, right);
    boolean isCorrect =
        guessed.equals(right)
            || (similarity > SIMILAR
                && right.length() > SHORT
                && guess.digits().equals(answer.digits())
                && !guess.hasAnotherEndThan(answer)
                && !answer.hasAnotherEndThan(guess)
                && !hasAnotherWord(guess, answer));
    return new Verdict(isCorrect, similarity);
  }

  /** Whether a word of the guess is plainly another than the one in its place in the answer. */
  private static boolean hasAnotherWord(Words guess, Words answer) {
    List<String> guesses =
        guess.words().size() == answer.words().size() ? guess.words() : guess.cutAs(answer);
    for (int i = 0; i < guesses.size(); i++) {
      String guessed = guesses.get(i);
      String right = answer.words().get(i);
      if (!guessed.equals(right)
          && (similarity(guessed, right) <= SIMILAR_WORD || Confusable.are(guessed, right))) {
        return true;
      }
    }
    return false;
  }

  /** Levenshtein's distance as a share of the longer text, from 1 for equal ones down to 0. */
  static double similarity(String one, String other) {
    int longer = Math.max(one.length(), other.length());
    return longer == 0 ? 0 : 1 - (double) DISTANCE.apply(one, other) / longer;
  }
}
