package parley.game;

import java.util.random.RandomGenerator;

/** Codes that open a private session: easy to read out, and too many to guess. */
final class InviteCodes {

  /** Without those that look like another. */
  private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int LENGTH = 8;

  private InviteCodes() {}

  static String next(RandomGenerator random) {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }
}
