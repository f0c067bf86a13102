package parley.local.timers;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** One field of an NCRONTAB expression: its range, its names, and how its text is read. */
enum CronField {
  SECOND("second", 0, 59, List.of()),
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY("day", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december")),
  DAY_OF_WEEK(
      "day-of-week",
      0,
      6,
      List.of("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"));

  private final String label;
  private final int min;
  private final int max;
  private final List<String> names;

  CronField(String label, int min, int max, List<String> names) {
    this.label = label;
    this.min = min;
    this.max = max;
    this.names = names;
  }

  /**
   * The values that a text such as {@code *}, {@code 1,5-9} or {@code mon-fri/2} stands for.
   *
   * @throws IllegalArgumentException naming the field and what is wrong with it
   */
  BitSet read(String text) {
    BitSet values = new BitSet(max + 1);
    for (String part : text.split(",", -1)) {
      addPart(part, values);
    }
    return values;
  }

  private void addPart(String part, BitSet values) {
    String[] rangeAndStep = part.split("/", -1);
    if (rangeAndStep.length > 2) {
      throw refusal("cannot read \"" + part + "\"");
    }
    int step = rangeAndStep.length == 2 ? step(rangeAndStep[1]) : 1;
    String range = rangeAndStep[0];
    int first;
    int last;
    if (range.equals("*")) {
      first = min;
      last = max;
    } else if (range.contains("-")) {
      String[] ends = range.split("-", -1);
      if (ends.length != 2) {
        throw refusal("cannot read \"" + part + "\"");
      }
      first = value(ends[0]);
      last = value(ends[1]);
    } else {
      first = value(range);
      last = rangeAndStep.length == 2 ? max : first;
    }
    // Azure swaps the ends of a backward range, which nobody who writes 22-2 can mean.
    if (first > last) {
      throw refusal("\"" + range + "\" runs backwards");
    }
    for (int i = first; i <= last; i += step) {
      values.set(i);
    }
  }

  private int step(String text) {
    int step = number(text);
    if (step < 1) {
      throw refusal("a step is at least 1, got " + text);
    }
    return step;
  }

  private int value(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < names.size(); i++) {
      if (lower.equals(names.get(i)) || lower.equals(names.get(i).substring(0, 3))) {
        return min + i;
      }
    }
    int value = number(text);
    if (value < min || value > max) {
      throw refusal("it is %d to %d, got %s".formatted(min, max, text));
    }
    return value;
  }

  private int number(String text) {
    if (!text.matches("\\d{1,4}")) {
      throw refusal("cannot read \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private IllegalArgumentException refusal(String why) {
    return new IllegalArgumentException(label + ": " + why);
  }
}
