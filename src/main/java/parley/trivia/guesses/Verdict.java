package parley.trivia.guesses;

/**
 * What a guess is worth.
 *
 * @param isCorrect whether it counts as right
 * @param similarity of the letters, 0 to 1; it may be high and the guess wrong all the same, as
 *     with 1912 and 1913
 */
public record Verdict(boolean isCorrect, double similarity) {

  public Verdict {
    if (!(similarity >= 0 && similarity <= 1)) {
      throw new IllegalArgumentException("a similarity is 0 to 1, got " + similarity);
    }
  }
}
