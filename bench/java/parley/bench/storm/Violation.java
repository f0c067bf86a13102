package parley.bench.storm;

/**
 * Something that must not have happened.
 *
 * @param kind the same for the same sort of it, so that a history can be made shorter around it
 */
record Violation(String kind, String text) {

  @Override
  public String toString() {
    return kind + ": " + text;
  }
}
