package parley.trivia.guesses;

import java.util.List;
import java.util.Set;

/** Words that differ by no more than a slip of spelling would, and mean something else. */
final class Confusable {

  /** Each line is a set of words of which none may stand for another. */
  static final List<Set<String>> SETS =
      """
      ares aries
      astrologer astronomer
      astrology astronomy gastronomy
      athena athens
      australia austria
      batter butter
      beagle eagle
      bromide bromine
      butane butene
      chloride chlorine
      concert concerto
      cyprus cyrus
      emigration immigration
      entomology etymology
      ethane ethene methane
      ethanol methanol
      femur lemur
      fluoride fluorine
      gambia zambia
      goose moose mouse louse
      hyperbola hyperbole
      iberia liberia siberia
      iceland ireland
      iodide iodine
      keats yeats
      malta yalta
      manet monet
      meteorology metrology
      niger tiger
      nitrate nitride nitrite
      plato pluto
      propane propene
      radium radius
      stalactite stalagmite
      sulfate sulfide sulfite
      sulphate sulphide sulphite
      titan titian
      """
          .lines()
          .map(line -> Set.of(line.split(" ")))
          .toList();

  /** Beginnings that turn a word into its opposite, or into nothing at all. */
  private static final List<List<String>> PREFIXES =
      List.of(
          List.of("a", ""),
          List.of("dis", ""),
          List.of("im", ""),
          List.of("in", ""),
          List.of("non", ""),
          List.of("un", ""),
          List.of("endo", "exo"),
          List.of("hyper", "hypo"),
          List.of("inter", "intra"),
          List.of("macro", "micro"));

  private Confusable() {}

  /** Whether two different words mean different things although they are similar. */
  static boolean are(String one, String other) {
    return SETS.stream().anyMatch(words -> words.contains(one) && words.contains(other))
        || PREFIXES.stream()
            .anyMatch(
                pair ->
                    haveOneRest(one, pair.get(0), other, pair.get(1))
                        || haveOneRest(one, pair.get(1), other, pair.get(0)));
  }

  private static boolean haveOneRest(String one, String prefix, String other, String otherPrefix) {
    return one.startsWith(prefix)
        && other.startsWith(otherPrefix)
        && one.substring(prefix.length()).equals(other.substring(otherPrefix.length()));
  }
}
