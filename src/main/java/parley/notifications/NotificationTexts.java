package parley.notifications;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What a notification says, in the language of its player. */
final class NotificationTexts {

  private static final String BUNDLE = "texts.notifications";

  /** English for whom there is no translation, whatever language this machine speaks. */
  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private NotificationTexts() {}

  static String title(String kind, Locale locale) {
    return text(kind + ".title", locale);
  }

  /**
   * @param opponent a name; empty if there is none
   */
  static String body(String kind, Locale locale, String opponent) {
    String key = opponent.isEmpty() ? ".body.nobody" : ".body";
    return text(kind + key, locale, opponent);
  }

  private static String text(String key, Locale locale, Object... arguments) {
    String pattern = ResourceBundle.getBundle(BUNDLE, locale, ENGLISH_ELSE).getString(key);
    return new MessageFormat(pattern, locale).format(arguments);
  }
}
