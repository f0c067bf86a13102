package parley.local.eventhubs.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Footer;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import parley.local.eventhubs.log.NewEvent;

/** Reads what producers send: a message that is an event, or one that is a batch of them. */
public final class Incoming {

  /** Each data section of such a message is a message by itself. */
  public static final int BATCH = 0x80013700;

  private static final int LONGEST_KEY = 128;

  private final Sections sections = new Sections();

  /**
   * The events of one delivery, which belong to one partition.
   *
   * @param partitionKey what the partition is chosen by, or null
   */
  public record Batch(String partitionKey, List<NewEvent> events) {}

  /**
   * Reads a delivery.
   *
   * @param format its message format
   * @throws MessageException if it cannot be read
   */
  public Batch read(byte[] bytes, int format) throws MessageException {
    if (format != BATCH) {
      NewEvent event = event(bytes, null);
      return new Batch(event.partitionKey(), List.of(event));
    }
    String key = null;
    List<NewEvent> events = new ArrayList<>();
    for (Sections.Placed placed : sections.read(bytes)) {
      if (placed.section() instanceof MessageAnnotations annotations) {
        key = partitionKey(annotations);
      } else if (placed.section() instanceof Data data) {
        Binary value = data.getValue();
        int from = value.getArrayOffset();
        byte[] message = Arrays.copyOfRange(value.getArray(), from, from + value.getLength());
        events.add(event(message, key));
      }
    }
    if (events.isEmpty()) {
      throw new MessageException("a batch has no events");
    }
    return new Batch(key == null ? events.get(0).partitionKey() : key, events);
  }

  /**
   * @param batchKey the partition key of its batch, which counts if it has none of its own
   */
  private NewEvent event(byte[] bytes, String batchKey) throws MessageException {
    MessageAnnotations annotations = null;
    int start = bytes.length;
    int end = 0;
    boolean hasBody = false;
    for (Sections.Placed placed : sections.read(bytes)) {
      Section section = placed.section();
      if (section instanceof MessageAnnotations found) {
        annotations = found;
      } else if (isBare(section)) {
        start = Math.min(start, placed.start());
        end = placed.end();
        hasBody |= isBody(section);
      }
    }
    if (!hasBody) {
      throw new MessageException("an event has no body");
    }
    String key = partitionKey(annotations);
    return new NewEvent(
        key == null ? batchKey : key, own(annotations), Arrays.copyOfRange(bytes, start, end));
  }

  private static boolean isBare(Section section) {
    return isBody(section)
        || section instanceof Properties
        || section instanceof ApplicationProperties
        || section instanceof Footer;
  }

  private static boolean isBody(Section section) {
    return section instanceof Data
        || section instanceof AmqpValue
        || section instanceof AmqpSequence;
  }

  private static String partitionKey(MessageAnnotations annotations) throws MessageException {
    Object key =
        annotations == null || annotations.getValue() == null
            ? null
            : annotations.getValue().get(Annotations.PARTITION_KEY);
    if (key == null) {
      return null;
    }
    String text = key.toString();
    if (text.length() > LONGEST_KEY) {
      throw new MessageException("a partition key has at most " + LONGEST_KEY + " characters");
    }
    return text;
  }

  /** The annotations that a reader is given as they are; null if there are none. */
  private byte[] own(MessageAnnotations annotations) {
    if (annotations == null || annotations.getValue() == null) {
      return null;
    }
    Map<Symbol, Object> rest = new LinkedHashMap<>(annotations.getValue());
    rest.keySet()
        .removeAll(
            List.of(
                Annotations.SEQUENCE,
                Annotations.OFFSET,
                Annotations.ENQUEUED,
                Annotations.PARTITION_KEY));
    return rest.isEmpty() ? null : sections.write(new MessageAnnotations(rest));
  }
}
