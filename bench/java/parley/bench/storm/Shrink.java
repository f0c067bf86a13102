package parley.bench.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds a short part of a history that is wrong in the same way as the whole. */
final class Shrink {
  private Shrink() {}

  /**
   * Leaves out whatever the violation does not need: large pieces first, then one by one, until
   * nothing more can go.
   */
  static List<Exchange> around(
      String kind, List<Exchange> history, Function<List<Exchange>, Optional<Violation>> check) {
    List<Exchange> kept = new ArrayList<>(history);
    for (int piece = Math.max(1, kept.size() / 2); piece >= 1; piece /= 2) {
      for (int from = 0; from < kept.size(); ) {
        List<Exchange> fewer = new ArrayList<>(kept.subList(0, from));
        fewer.addAll(kept.subList(Math.min(kept.size(), from + piece), kept.size()));
        if (check.apply(fewer).filter(found -> found.kind().equals(kind)).isPresent()) {
          kept = fewer;
        } else {
          from += piece;
        }
      }
    }
    return kept;
  }
}
