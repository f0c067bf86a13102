package parley.trivia.guesses;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text as guesses are compared: its words in small letters without accents, numbers in digits,
 * without punctuation, articles and "of".
 */
record Words(List<String> words) {

  private static final Pattern ACCENTS = Pattern.compile("\\p{InCombiningDiacriticalMarks}+");

  /** What no normal form takes apart. */
  private static final Map<Integer, String> PLAIN_LETTERS =
      Map.ofEntries(
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'ŋ', "n"),
          Map.entry((int) 'ς', "σ"));

  private static final Pattern INITIALS =
      Pattern.compile("(?<![\\p{L}\\d])\\p{L}\\. ?(?:\\p{L}\\. ?)+");
  private static final Pattern JOINED_A = Pattern.compile("(?<![\\p{L}\\d])a-(?=\\p{L})");
  private static final Pattern MINUS = Pattern.compile("(?<![\\p{L}\\d])[-−](?=\\d)");
  private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
  private static final Pattern INSIDE_WORDS = Pattern.compile("['’‘`\"“”*]");
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?:[^\\p{L}\\p{M}\\d.]|(?<!\\d)\\.|\\.(?!\\d))+");

  /** Signs that are said. */
  private static final Map<String, String> SIGNS =
      Map.of("&", " and ", "%", " percent ", "+", " plus ", "#", " number ", "@", " at ");

  private static final Map<String, String> SHORTENED =
      Map.of("st", "saint", "mt", "mount", "dr", "doctor", "mr", "mister");

  private static final Set<String> UNSAID = Set.of("the", "an", "of");

  static Words of(String text) {
    List<String> words = split(fold(text));
    List<String> said = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (!isUnsaid(words, i)) {
        boolean last = i == words.size() - 1;
        // At the end it is a street.
        said.add(last ? words.get(i) : SHORTENED.getOrDefault(words.get(i), words.get(i)));
      }
    }
    return new Words(RomanNumerals.inDigits(NumberWords.inDigits(said.isEmpty() ? words : said)));
  }

  /** The words without the spaces, which people set as they like. */
  String joined() {
    return String.join("", words);
  }

  /** The same letters, with the spaces where the other has them; nothing if they do not fit. */
  List<String> cutAs(Words other) {
    String joined = joined();
    if (joined.length() != other.joined().length()) {
      return List.of();
    }
    List<String> cut = new ArrayList<>();
    int start = 0;
    for (String word : other.words()) {
      cut.add(joined.substring(start, start + word.length()));
      start += word.length();
    }
    return cut;
  }

  /** Whether it ends in a letter that stands alone, and the other does not end in it: vitamin C. */
  boolean hasAnotherEndThan(Words other) {
    String last = words.get(words.size() - 1);
    return words.size() > 1 && last.length() == 1 && !other.joined().endsWith(last);
  }

  /** All digits in their order: one number is never like another. */
  String digits() {
    return joined().replaceAll("[^\\d.]", "");
  }

  private static String fold(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    StringBuilder plain = new StringBuilder();
    ACCENTS
        .matcher(lower)
        .replaceAll("")
        .codePoints()
        .forEach(
            c -> {
              if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
              } else {
                plain.append(PLAIN_LETTERS.getOrDefault(c, Character.toString(c)));
              }
            });
    return plain.toString();
  }

  private static List<String> split(String folded) {
    String text = INITIALS.matcher(folded).replaceAll(m -> m.group().replaceAll("[. ]", "") + " ");
    text = JOINED_A.matcher(text).replaceAll("a");
    text = MINUS.matcher(text).replaceAll(" minus ");
    text = THOUSANDS.matcher(text).replaceAll("");
    text = INSIDE_WORDS.matcher(text).replaceAll("");
    for (Map.Entry<String, String> sign : SIGNS.entrySet()) {
      text = text.replace(sign.getKey(), sign.getValue());
    }
    text = BETWEEN_WORDS.matcher(text).replaceAll(" ").strip();
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  /** An "a" is an article before a word; it is none at the end (vitamin A) or among initials. */
  private static boolean isUnsaid(List<String> words, int i) {
    String word = words.get(i);
    boolean article =
        word.equals("a")
            && i < words.size() - 1
            && words.get(i + 1).length() > 1
            && (i == 0 || words.get(i - 1).length() > 1);
    return article || UNSAID.contains(word);
  }
}
