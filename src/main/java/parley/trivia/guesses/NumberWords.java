package parley.trivia.guesses;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as English says them, cardinal and ordinal ones, up to the millions. One that does not go
 * on where it could starts anew, so that {@code nineteen eighty-four} is 19 and 84, which side by
 * side is how a year is written.
 */
final class NumberWords {

  private static final Pattern DIGITS = Pattern.compile("(\\d+(?:\\.\\d+)?)(?:st|nd|rd|th)?");
  private static final Pattern TENS_AND_UNIT =
      Pattern.compile("(twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|nine?ty)([a-z]+)");

  private static final int HUNDRED = 100;
  private static final int THOUSAND = 1_000;
  private static final int MILLION = 1_000_000;

  private static final Map<String, Integer> CARDINALS = new HashMap<>();
  private static final Map<String, Integer> ORDINALS = new HashMap<>();

  static {
    String[] units =
        ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
                + " fifteen sixteen seventeen eighteen nineteen")
            .split(" ");
    String[] unitsInOrder =
        ("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
                + " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth")
            .split(" ");
    for (int i = 0; i < units.length; i++) {
      CARDINALS.put(units[i], i);
      ORDINALS.put(unitsInOrder[i], i);
    }
    String[] tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
    for (int i = 0; i < tens.length; i++) {
      CARDINALS.put(tens[i], 10 * i + 20);
      ORDINALS.put(tens[i].replaceFirst("y$", "ieth"), 10 * i + 20);
    }
    CARDINALS.putAll(Map.of("hundred", HUNDRED, "thousand", THOUSAND, "million", MILLION));
    ORDINALS.putAll(Map.of("hundredth", HUNDRED, "thousandth", THOUSAND, "millionth", MILLION));
    // Wrong, and widespread.
    CARDINALS.putAll(Map.of("fourty", 40, "ninty", 90, "ninteen", 19));
  }

  private final List<String> words;
  private int next;

  /** Of thousands and millions that are done. */
  private BigDecimal sum;

  /** What the next thousand or million counts; null before its first word. */
  private BigDecimal count;

  /** What may still be added to the count has to be below it. */
  private int room;

  /** The last of thousands and millions; what follows is smaller. */
  private int scale;

  private NumberWords(List<String> words) {
    this.words = words;
  }

  /** The words with each number in digits, and all else as it is. */
  static List<String> inDigits(List<String> words) {
    List<String> apart = new ArrayList<>();
    for (String word : words) {
      Matcher joined = TENS_AND_UNIT.matcher(word);
      boolean number = joined.matches() && isUnit(joined.group(2));
      apart.addAll(number ? List.of(joined.group(1), joined.group(2)) : List.of(word));
    }
    return new NumberWords(apart).read();
  }

  private static boolean isUnit(String word) {
    int value = value(word);
    return value > 0 && value < 10;
  }

  /** Of a word for a number; 0 for any other. */
  private static int value(String word) {
    return CARDINALS.getOrDefault(word, ORDINALS.getOrDefault(word, 0));
  }

  private List<String> read() {
    List<String> result = new ArrayList<>();
    boolean afterNumber = false;
    while (next < words.size()) {
      Optional<String> number = number();
      // The "oh" of nineteen oh five.
      if (number.isEmpty() && afterNumber && words.get(next).equals("oh")) {
        number = Optional.of("0");
        next++;
      }
      afterNumber = number.isPresent();
      result.add(afterNumber ? number.get() : words.get(next++));
    }
    return result;
  }

  /** The number that starts here, or nothing, and then nothing is read. */
  private Optional<String> number() {
    int start = next;
    sum = BigDecimal.ZERO;
    count = null;
    room = MILLION;
    scale = Integer.MAX_VALUE;
    boolean open = true;
    while (open && next < words.size()) {
      String word = words.get(next);
      if (word.equals("and") && next > start && room >= HUNDRED && isSmall(next + 1)) {
        next++;
        continue;
      }
      boolean read = ORDINALS.containsKey(word) ? add(ORDINALS.get(word)) : addCardinal(word);
      if (read) {
        next++;
      }
      open = read && !ORDINALS.containsKey(word);
    }
    if (next == start) {
      return Optional.empty();
    }
    Matcher digits = DIGITS.matcher(words.get(start));
    if (next == start + 1 && digits.matches() && !digits.group(1).contains(".")) {
      // As it stands: 007.
      return Optional.of(digits.group(1));
    }
    BigDecimal value = count == null ? sum : sum.add(count);
    return Optional.of(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
  }

  /** Whether a word for a number from 1 to 99 stands there. */
  private boolean isSmall(int index) {
    if (index >= words.size()) {
      return false;
    }
    int value = value(words.get(index));
    return value > 0 && value < HUNDRED;
  }

  private boolean addCardinal(String word) {
    Matcher digits = DIGITS.matcher(word);
    if (!digits.matches()) {
      return CARDINALS.containsKey(word) && add(CARDINALS.get(word));
    }
    BigDecimal value = new BigDecimal(digits.group(1));
    if (count != null || value.compareTo(BigDecimal.valueOf(scale)) >= 0) {
      return false;
    }
    count = value;
    room = 0;
    return true;
  }

  private boolean add(int value) {
    if (value == THOUSAND || value == MILLION) {
      return addScale(value);
    }
    if (value == HUNDRED) {
      return addHundred();
    }
    if (count != null && (value == 0 || value >= room)) {
      return false;
    }
    count = count == null ? BigDecimal.valueOf(value) : count.add(BigDecimal.valueOf(value));
    room = value >= 20 ? 10 : 0;
    return true;
  }

  private boolean addHundred() {
    if (count == null) {
      count = BigDecimal.ONE;
    }
    if (count.signum() == 0 || count.compareTo(BigDecimal.valueOf(HUNDRED)) >= 0) {
      return false;
    }
    count = count.multiply(BigDecimal.valueOf(HUNDRED));
    room = HUNDRED;
    return true;
  }

  private boolean addScale(int value) {
    if (value >= scale) {
      return false;
    }
    BigDecimal counted = count == null ? BigDecimal.ONE : count;
    sum = sum.add(counted.multiply(BigDecimal.valueOf(value)));
    count = null;
    room = value;
    scale = value;
    return true;
  }
}
