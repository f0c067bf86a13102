package parley.local.push;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a notification is for: tags joined by {@code ||}, {@code &&}, {@code !} and parentheses. As
 * in Azure at most 20 tags, or 6 if there is more than {@code ||}.
 */
final class TagExpression {

  /** What an installation may be tagged with. */
  static final Pattern TAG = Pattern.compile("[A-Za-z0-9_@#.:-]{1,120}");

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\\|\\||&&|!|\\(|\\))|(\\$(?:InstallationId|UserId):\\{[^{}]{1,256}}|"
              + TAG.pattern()
              + "))\\s*");

  private final Matcher tokens;
  private String operator;
  private String tag;
  private boolean atEnd;
  private int tags;
  private boolean onlyOrs = true;

  private TagExpression(String text) {
    tokens = TOKEN.matcher(text);
  }

  /**
   * Reads an expression.
   *
   * @return tells whether an installation with these tags is meant
   * @throws IllegalArgumentException if it is none, or has too many tags
   */
  static Predicate<Set<String>> of(String text) {
    TagExpression reader = new TagExpression(text);
    reader.next();
    Predicate<Set<String>> meant = reader.either();
    if (!reader.atEnd) {
      throw new IllegalArgumentException("the tag expression cannot be read");
    }
    int most = reader.onlyOrs ? 20 : 6;
    if (reader.tags > most) {
      throw new IllegalArgumentException(
          "a tag expression like this has at most " + most + " tags");
    }
    return meant;
  }

  private Predicate<Set<String>> either() {
    Predicate<Set<String>> left = both();
    while (takes("||")) {
      left = left.or(both());
    }
    return left;
  }

  private Predicate<Set<String>> both() {
    Predicate<Set<String>> left = one();
    while (takes("&&")) {
      onlyOrs = false;
      left = left.and(one());
    }
    return left;
  }

  private Predicate<Set<String>> one() {
    if (takes("!")) {
      onlyOrs = false;
      return one().negate();
    }
    if (takes("(")) {
      Predicate<Set<String>> inner = either();
      if (!takes(")")) {
        throw new IllegalArgumentException("the tag expression lacks a parenthesis");
      }
      return inner;
    }
    if (tag == null) {
      throw new IllegalArgumentException("the tag expression lacks a tag");
    }
    String wanted = tag;
    tags++;
    next();
    return has -> has.contains(wanted);
  }

  private boolean takes(String wanted) {
    boolean here = wanted.equals(operator);
    if (here) {
      next();
    }
    return here;
  }

  private void next() {
    operator = null;
    tag = null;
    if (tokens.regionStart() == tokens.regionEnd()) {
      atEnd = true;
    } else if (tokens.lookingAt()) {
      operator = tokens.group(1);
      tag = tokens.group(2);
      tokens.region(tokens.end(), tokens.regionEnd());
    } else {
      throw new IllegalArgumentException("the tag expression has a character that no tag may have");
    }
  }
}
