package parley.local.functions;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an invocation came with, as the expressions in the properties of bindings may ask for it.
 *
 * @param trigger the raw value of the trigger
 * @param metadata what {@code @BindingName} parameters may ask for
 */
public record BindingData(Object trigger, Map<String, String> metadata) {

  private static final Pattern EXPRESSION = Pattern.compile("\\{([^{}]+)}");

  /**
   * Replaces each {@code {headers.name}}, {@code {query.name}} and {@code {name}}, where a header's
   * case does not count.
   *
   * @throws IllegalArgumentException if there is no such value, in the words of Azure
   */
  public String resolve(String text) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(expression -> Matcher.quoteReplacement(value(expression.group(1))));
  }

  private String value(String expression) {
    String[] path = expression.split("\\.", 2);
    Map<String, String> from = new HashMap<>(metadata);
    String name = expression;
    if (path.length == 2 && trigger instanceof HttpInput input) {
      boolean header = path[0].equalsIgnoreCase("headers");
      from = header ? input.headers() : path[0].equalsIgnoreCase("query") ? input.query() : from;
      name = header ? path[1].toLowerCase(Locale.ROOT) : path[1];
    }
    String value = from.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "Error while accessing '%s': property doesn't exist.".formatted(name));
    }
    return value;
  }
}
