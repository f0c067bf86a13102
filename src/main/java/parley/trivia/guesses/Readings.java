package parley.trivia.guesses;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways to put an answer that it names itself. */
final class Readings {

  private static final Pattern PARENTHESIS = Pattern.compile("\\(([^()]*)\\)");
  private static final Pattern INSTEAD =
      Pattern.compile(
          "^\\s*(?:or|also|accept(?:ed)?|aka|a\\.k\\.a\\.)[\\s:]+", Pattern.CASE_INSENSITIVE);
  private static final Pattern OR = Pattern.compile("\\s+or\\s+|;", Pattern.CASE_INSENSITIVE);

  /** Not the one of AC/DC or 24/7, whose parts mean nothing by themselves. */
  private static final Pattern EITHER =
      Pattern.compile("\\s*[\\p{L}][\\p{L}\\s'’.-]{2,}(?:/[\\p{L}\\s][\\p{L}\\s'’.-]{2,})+");

  private static final int MOST = 12;

  private Readings() {}

  /**
   * All readings, at most 12, first the answer as it stands. What stands in parentheses may be left
   * out, or said; after "or" it may be said instead. Words with a slash between them may each be
   * said alone.
   */
  static List<String> of(String answer) {
    List<String> instead = new ArrayList<>();
    StringBuilder without = new StringBuilder();
    StringBuilder with = new StringBuilder();
    Matcher parenthesis = PARENTHESIS.matcher(answer);
    int end = 0;
    while (parenthesis.find()) {
      String before = answer.substring(end, parenthesis.start());
      without.append(before).append(' ');
      with.append(before).append(' ');
      Matcher or = INSTEAD.matcher(parenthesis.group(1));
      if (or.find()) {
        instead.addAll(List.of(OR.split(parenthesis.group(1).substring(or.end()))));
      } else {
        with.append(parenthesis.group(1)).append(' ');
      }
      end = parenthesis.end();
    }
    String rest = answer.substring(end);
    Set<String> readings = new LinkedHashSet<>();
    readings.add(answer);
    addParts(readings, without.append(rest).toString());
    addParts(readings, with.append(rest).toString());
    instead.forEach(other -> addParts(readings, other));
    return readings.stream().limit(MOST).toList();
  }

  private static void addParts(Set<String> readings, String text) {
    readings.add(text);
    if (EITHER.matcher(text).matches()) {
      readings.addAll(List.of(text.split("/")));
    }
  }
}
