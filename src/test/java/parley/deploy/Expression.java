package parley.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What stands in brackets in a template: {@code [format('{0}-x', parameters('name'))]}. */
sealed interface Expression {

  record Literal(Object value) implements Expression {}

  record Call(String function, List<Expression> arguments) implements Expression {}

  record Property(Expression of, Expression name) implements Expression {}

  /** Whether a text of a template is one. */
  static boolean is(String text) {
    return text.startsWith("[") && !text.startsWith("[[") && text.endsWith("]");
  }

  /**
   * @param text with its brackets
   * @throws IllegalArgumentException if it cannot be read; the message says where
   */
  static Expression of(String text) {
    return new Parser(text.substring(1, text.length() - 1)).whole();
  }

  /** This and all that it is made of. */
  default Stream<Expression> parts() {
    if (this instanceof Call call) {
      return Stream.concat(Stream.of(this), call.arguments().stream().flatMap(Expression::parts));
    }
    if (this instanceof Property property) {
      return Stream.of(Stream.of(this), property.of().parts(), property.name().parts())
          .flatMap(part -> part);
    }
    return Stream.of(this);
  }

  /** Reads one from its first character to its last. */
  final class Parser {
    private final String text;
    private int at;

    private Parser(String text) {
      this.text = text;
    }

    private Expression whole() {
      Expression expression = expression();
      if (at != text.length()) {
        throw unreadable();
      }
      return expression;
    }

    private Expression expression() {
      Expression expression = first();
      while (true) {
        if (skip('.')) {
          expression = new Property(expression, new Literal(word()));
        } else if (skip('[')) {
          expression = new Property(expression, expression());
          require(']');
        } else {
          return expression;
        }
      }
    }

    private Expression first() {
      if (skip('\'')) {
        return new Literal(quoted());
      }
      String word = word();
      if (word.matches("\\d+")) {
        return new Literal(Long.valueOf(word));
      }
      require('(');
      List<Expression> arguments = new ArrayList<>();
      if (!skip(')')) {
        do {
          arguments.add(expression());
        } while (skip(','));
        require(')');
      }
      return new Call(word, arguments);
    }

    private String quoted() {
      StringBuilder quoted = new StringBuilder();
      while (at < text.length()) {
        char next = text.charAt(at++);
        if (next != '\'') {
          quoted.append(next);
        } else if (at < text.length() && text.charAt(at) == '\'') {
          quoted.append(text.charAt(at++));
        } else {
          spaces();
          return quoted.toString();
        }
      }
      throw unreadable();
    }

    private String word() {
      int start = at;
      while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        throw unreadable();
      }
      String word = text.substring(start, at);
      spaces();
      return word;
    }

    private void require(char sign) {
      if (!skip(sign)) {
        throw unreadable();
      }
    }

    private boolean skip(char sign) {
      if (at < text.length() && text.charAt(at) == sign) {
        at++;
        if (sign != '\'') {
          spaces();
        }
        return true;
      }
      return false;
    }

    private void spaces() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }

    private IllegalArgumentException unreadable() {
      return new IllegalArgumentException("cannot be read at " + at + ": " + text);
    }
  }
}
