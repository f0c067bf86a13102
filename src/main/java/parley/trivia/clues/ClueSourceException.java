package parley.trivia.clues;

/** A source of clues has none now, and may have some later; the message holds no answer. */
public final class ClueSourceException extends Exception {
  private static final long serialVersionUID = 1L;

  public ClueSourceException(String message) {
    super(message);
  }

  public ClueSourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
