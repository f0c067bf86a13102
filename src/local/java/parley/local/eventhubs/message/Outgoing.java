package parley.local.eventhubs.message;

import java.nio.ByteBuffer;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.DeliveryAnnotations;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import parley.local.eventhubs.log.Extent;
import parley.local.eventhubs.log.NewEvent;
import parley.local.eventhubs.log.StoredEvent;

/** Makes the messages that consumers get: what was sent, with what is known of it. */
public final class Outgoing {

  private final Sections sections = new Sections();

  /**
   * The bytes of a message.
   *
   * @param now where the partition ends, for a consumer that wants to know, or null
   */
  public byte[] write(StoredEvent stored, Extent now) {
    NewEvent event = stored.event();
    Map<Symbol, Object> known = new LinkedHashMap<>(sent(event));
    known.put(Annotations.SEQUENCE, stored.sequence());
    known.put(Annotations.OFFSET, Long.toString(stored.offset()));
    known.put(Annotations.ENQUEUED, new Date(stored.enqueuedAt()));
    if (event.partitionKey() != null) {
      known.put(Annotations.PARTITION_KEY, event.partitionKey());
    }
    byte[] end = now == null ? new byte[0] : sections.write(end(now));
    byte[] annotations = sections.write(new MessageAnnotations(known));
    return ByteBuffer.allocate(end.length + annotations.length + event.message().length)
        .put(end)
        .put(annotations)
        .put(event.message())
        .array();
  }

  private Map<Symbol, Object> sent(NewEvent event) {
    if (event.annotations() == null) {
      return Map.of();
    }
    try {
      return ((MessageAnnotations) sections.read(event.annotations()).get(0).section()).getValue();
    } catch (MessageException e) {
      throw new IllegalStateException("annotations that were written here cannot be read", e);
    }
  }

  private static DeliveryAnnotations end(Extent extent) {
    return new DeliveryAnnotations(
        Map.of(
            Annotations.LAST_SEQUENCE,
            extent.last(),
            Annotations.LAST_OFFSET,
            Long.toString(extent.lastOffset()),
            Annotations.LAST_ENQUEUED,
            new Date(extent.lastEnqueuedAt()),
            Annotations.RETRIEVED,
            new Date()));
  }
}
