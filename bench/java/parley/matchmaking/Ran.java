package parley.matchmaking;

import java.util.List;

/**
 * A script that Redis has run.
 *
 * @param number which one it was
 * @param answer texts, numbers, and lists of such
 */
record Ran(long number, String script, List<String> arguments, Object answer) {

  String argument(int i) {
    return arguments.get(i);
  }

  double time() {
    return Double.parseDouble(arguments.get(0));
  }

  @SuppressWarnings("unchecked")
  List<String> texts(int i) {
    return (List<String>) ((List<?>) answer).get(i);
  }

  /** Whether it is about one of these. */
  boolean names(Iterable<String> ids) {
    String all = arguments + " " + answer;
    for (String id : ids) {
      if (all.contains(id)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "%d %s %s -> %s".formatted(number, script, arguments, answer);
  }
}
