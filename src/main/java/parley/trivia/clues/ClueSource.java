package parley.trivia.clues;

import java.util.List;

/** Where clues come from. Safe to call from several threads at once. */
public interface ClueSource {

  /**
   * Some clues to choose from, in no particular order; which of them are fit to be shown is for
   * {@link ClueChoice} to say.
   *
   * @param count how many are asked for, at least 1; fewer may come, but at least one
   * @throws ClueSourceException if there are none to be had now
   */
  List<Clue> candidates(int count) throws ClueSourceException;
}
