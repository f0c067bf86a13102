package parley.local.eventhubs.message;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transport.Source;
import parley.local.eventhubs.log.Position;

/**
 * Reads where a consumer wants to begin: a filter such as {@code amqp.annotation.x-opt-offset >
 * '120'}, with {@code >=} to begin at that event itself.
 */
public final class Selector {

  private static final Symbol FILTER = Symbol.valueOf("apache.org:selector-filter:string");
  private static final Pattern EXPRESSION =
      Pattern.compile("\\s*amqp\\.annotation\\.([a-z-]+)\\s*>(=?)\\s*'?([^']+?)'?\\s*");

  private Selector() {}

  /**
   * The position that a link asks for; without a filter the earliest.
   *
   * @throws MessageException if its filter cannot be read
   */
  public static Position read(Source source) throws MessageException {
    Map<?, ?> filters =
        source instanceof org.apache.qpid.proton.amqp.messaging.Source terminus
            ? terminus.getFilter()
            : null;
    Object filter = filters == null ? null : filters.get(FILTER);
    if (filter == null) {
      return new Position.Earliest();
    }
    return parse(String.valueOf(filter instanceof DescribedType d ? d.getDescribed() : filter));
  }

  static Position parse(String expression) throws MessageException {
    Matcher match = EXPRESSION.matcher(expression);
    if (!match.matches()) {
      throw new MessageException("the filter \"" + expression + "\" cannot be read");
    }
    boolean inclusive = !match.group(2).isEmpty();
    String value = match.group(3);
    try {
      return switch (match.group(1)) {
        case "x-opt-offset" -> offset(value, inclusive);
        case "x-opt-sequence-number" -> sequence(Long.parseLong(value), inclusive);
        case "x-opt-enqueued-time", "x-opt-enqueuedtimeutc" ->
            new Position.Time(Long.parseLong(value), inclusive);
        default ->
            throw new MessageException("the filter \"" + expression + "\" names nothing known");
      };
    } catch (NumberFormatException e) {
      throw new MessageException("the filter \"" + expression + "\" has no number", e);
    }
  }

  private static Position offset(String value, boolean inclusive) {
    return switch (value) {
      case "@latest" -> new Position.Latest();
      case "-1" -> new Position.Earliest();
      default -> new Position.Offset(Long.parseLong(value), inclusive);
    };
  }

  private static Position sequence(long value, boolean inclusive) {
    return value < 0 ? new Position.Earliest() : new Position.Sequence(value, inclusive);
  }
}
