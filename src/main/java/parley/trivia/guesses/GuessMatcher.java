package parley.trivia.guesses;

import java.util.Locale;

/** Tells whether a guess is the answer, as a kind quiz master would. */
public final class GuessMatcher {

  private GuessMatcher() {}

  /** Compares a guess with the answer; any texts will do, of any length. */
  public static Verdict judge(String guess, String answer) {
    boolean same =
        guess.strip().toLowerCase(Locale.ROOT).equals(answer.strip().toLowerCase(Locale.ROOT));
    return new Verdict(same, same ? 1 : 0);
  }
}
