package parley.trivia.clues;

import java.util.regex.Pattern;

/**
 * A question of the trivia game with its answer.
 *
 * @param clueId at most 64 of A-Z a-z 0-9 _ . -; clients see it with the question, so it must say
 *     nothing of the answer
 * @param question at most 500 characters
 * @param answer at most 200 characters; other ways to put it in parentheses: {@code (the) Beatles},
 *     {@code femur (or thighbone)}
 * @param categoryTitle at most 100 characters
 * @param value what a right guess is worth, 0 to 10,000; the harder the more
 */
public record Clue(String clueId, String question, String answer, String categoryTitle, int value) {

  private static final int MOST_VALUE = 10_000;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  public Clue {
    if (!isId(clueId)) {
      throw new IllegalArgumentException("a clue's id has 1 to 64 of A-Z a-z 0-9 _ . -");
    }
    require("question", question, 500);
    require("answer", answer, 200);
    require("category", categoryTitle, 100);
    if (value < 0 || value > MOST_VALUE) {
      throw new IllegalArgumentException(
          "a clue's value is 0 to " + MOST_VALUE + ", got " + value + " for " + clueId);
    }
  }

  /** Whether a clue may have this id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Without the text: it may be the answer, and the message may go into a log. */
  private static void require(String what, String text, int limit) {
    if (text.isBlank() || text.length() > limit) {
      throw new IllegalArgumentException(
          "a clue's " + what + " has 1 to " + limit + " characters, got " + text.length());
    }
  }

  /** Shows no answer, so that none gets into a log. */
  @Override
  public String toString() {
    return "Clue " + clueId;
  }
}
