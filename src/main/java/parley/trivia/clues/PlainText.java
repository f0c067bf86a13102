package parley.trivia.clues;

import java.util.regex.Pattern;
import org.apache.commons.text.StringEscapeUtils;

/** What others wrote for a web page, as a page may show it to everybody. */
final class PlainText {

  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]*>");

  /** Also of a tag that has no end: the page might give it one. */
  private static final Pattern TAG_BEGIN = Pattern.compile("<[A-Za-z/!?].*", Pattern.DOTALL);

  /** Control characters and those that turn the direction of writing. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\ufffd]+");

  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");

  private PlainText() {}

  /** Without tags, backslashes and superfluous space, and with entities as what they stand for. */
  static String of(String text) {
    String bare = TAG.matcher(text).replaceAll("");
    // Entities may hide tags.
    bare = TAG.matcher(StringEscapeUtils.unescapeHtml4(bare)).replaceAll("");
    bare = TAG_BEGIN.matcher(bare).replaceAll("").replace("\\", "");
    bare = SPACES.matcher(bare).replaceAll(" ");
    return UNSEEN.matcher(bare).replaceAll("").strip();
  }
}
