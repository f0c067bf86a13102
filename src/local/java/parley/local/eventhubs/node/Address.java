package parley.local.eventhubs.node;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a link is to, by the address that it names. */
sealed interface Address {

  /** Where tokens are put. */
  record Cbs() implements Address {}

  /** Where hubs are asked about. */
  record Management() implements Address {}

  /**
   * Where events go.
   *
   * @param partition null for whichever the partition key, or the turn, says
   */
  record Producer(String hub, String partition) implements Address {}

  /** Where events come from. */
  record Consumer(String hub, String group, String partition) implements Address {}

  Pattern PRODUCER = Pattern.compile("([^/$]+)(?:/Partitions/([^/]+))?", Pattern.CASE_INSENSITIVE);

  Pattern CONSUMER =
      Pattern.compile(
          "([^/$]+)/ConsumerGroups/([^/]+)/Partitions/([^/]+)", Pattern.CASE_INSENSITIVE);

  /** Reads an address, which may be a whole URL; empty if it is of nothing that is here. */
  static Optional<Address> parse(String text) {
    String path = text.replaceFirst("^[A-Za-z]+://[^/]*", "").replaceAll("^/+|/+$", "");
    if (path.equalsIgnoreCase("$cbs")) {
      return Optional.of(new Cbs());
    }
    if (path.equalsIgnoreCase("$management") || path.matches("(?i)[^/]+/\\$management")) {
      return Optional.of(new Management());
    }
    Matcher consumer = CONSUMER.matcher(path);
    if (consumer.matches()) {
      return Optional.of(new Consumer(consumer.group(1), consumer.group(2), consumer.group(3)));
    }
    Matcher producer = PRODUCER.matcher(path);
    return producer.matches()
        ? Optional.of(new Producer(producer.group(1), producer.group(2)))
        : Optional.empty();
  }
}
