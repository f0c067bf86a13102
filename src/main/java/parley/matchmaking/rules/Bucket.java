package parley.matchmaking.rules;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What players have in common who may be matched with each other: settings of the studio's, in one
 * text for all equal ones.
 *
 * @param name {@code mode=ranked;region=eu}: keys sorted; empty if there are no settings
 */
public record Bucket(String name) {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final int MOST_KEYS = 16;

  /**
   * The bucket of settings as a player sends them.
   *
   * @param settings values are texts, numbers and truth values
   * @throws IllegalArgumentException for anything else; the message may go to its sender
   */
  public static Bucket of(Map<String, ?> settings) {
    TreeMap<String, String> words = new TreeMap<>();
    settings.forEach((key, value) -> words.put(word(key), word(scalar(key, value))));
    return sorted(words);
  }

  /**
   * The bucket of a text {@code key=value;key=value}, in any order.
   *
   * @throws IllegalArgumentException for any other text; the message may go to its sender
   */
  public static Bucket parse(String text) {
    TreeMap<String, String> words = new TreeMap<>();
    if (!text.isEmpty()) {
      for (String pair : text.split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("settings as a text are key=value;key=value");
        }
        if (words.put(word(pair.substring(0, equals)), word(pair.substring(equals + 1))) != null) {
          throw new IllegalArgumentException("a key of the settings stands there twice");
        }
      }
    }
    return sorted(words);
  }

  private static Bucket sorted(TreeMap<String, String> words) {
    if (words.size() > MOST_KEYS) {
      throw new IllegalArgumentException("settings have at most " + MOST_KEYS + " keys");
    }
    return new Bucket(
        words.entrySet().stream()
            .map(word -> word.getKey() + "=" + word.getValue())
            .collect(Collectors.joining(";")));
  }

  private static String scalar(String key, Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Number number) {
      // 1, 1.0 and 1e0 are equal, and none is longer than the limit for words lets it be.
      BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
      if (Math.abs((long) decimal.scale()) <= 64) {
        return decimal.toPlainString();
      }
    }
    throw new IllegalArgumentException(
        "settings are texts, numbers and truth values: " + word(key));
  }

  private static String word(String text) {
    if (!WORD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "keys and values of settings have 1 to 64 of the characters A-Z a-z 0-9 _ . -");
    }
    return text;
  }
}
