package parley.local.eventhubs.trigger;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.models.PartitionContext;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What {@code @BindingName} parameters may ask for, as the Event Hubs extension gives it and the
 * host hands it to a Java worker.
 */
final class EventMetadata {

  /** Known by names of their own. */
  private static final Set<String> RENAMED =
      Set.of("x-opt-sequence-number", "x-opt-offset", "x-opt-enqueued-time", "x-opt-partition-key");

  /** The extension makes times of no zone, so there is no Z at their ends. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private EventMetadata() {}

  /** For a function that takes many events: arrays, as JSON texts. */
  static Map<String, String> ofMany(
      PartitionContext partition, String consumerGroup, List<EventData> events) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("PartitionContext", context(partition, consumerGroup));
    metadata.put("PartitionKeyArray", strings(events, EventData::getPartitionKey));
    metadata.put("OffsetArray", strings(events, EventData::getOffsetString));
    metadata.put("OffsetStringArray", strings(events, EventData::getOffsetString));
    metadata.put("SequenceNumberArray", array(events, EventData::getSequenceNumber));
    metadata.put("EnqueuedTimeUtcArray", array(events, event -> time(event.getEnqueuedTime())));
    metadata.put("PropertiesArray", array(events, event -> plain(event.getProperties())));
    metadata.put("SystemPropertiesArray", array(events, EventMetadata::systemProperties));
    return metadata;
  }

  /** For a function that takes one event at a time. */
  static Map<String, String> ofOne(
      PartitionContext partition, String consumerGroup, EventData event) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("PartitionContext", context(partition, consumerGroup));
    metadata.put("PartitionKey", Objects.requireNonNullElse(event.getPartitionKey(), ""));
    metadata.put("Offset", event.getOffsetString());
    metadata.put("OffsetString", event.getOffsetString());
    metadata.put("SequenceNumber", event.getSequenceNumber().toString());
    metadata.put("EnqueuedTimeUtc", time(event.getEnqueuedTime()));
    metadata.put("Properties", JSON.toJson(plain(event.getProperties())));
    metadata.put("SystemProperties", JSON.toJson(systemProperties(event)));
    return metadata;
  }

  private static Map<String, Object> systemProperties(EventData event) {
    Map<String, Object> properties = plain(event.getSystemProperties());
    properties.keySet().removeAll(RENAMED);
    properties.put("SequenceNumber", event.getSequenceNumber());
    properties.put("Offset", offset(event));
    properties.put("OffsetString", event.getOffsetString());
    properties.put("PartitionKey", event.getPartitionKey());
    properties.put("EnqueuedTimeUtc", time(event.getEnqueuedTime()));
    return properties;
  }

  private static long offset(EventData event) {
    String text = event.getOffsetString();
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
  }

  /** With values that JSON has. */
  private static Map<String, Object> plain(Map<String, Object> values) {
    Map<String, Object> plain = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          boolean isPlain = value instanceof Number || value instanceof Boolean || value == null;
          plain.put(name, isPlain ? value : value.toString());
        });
    return plain;
  }

  private static String context(PartitionContext partition, String consumerGroup) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("FullyQualifiedNamespace", partition.getFullyQualifiedNamespace());
    context.put("EventHubName", partition.getEventHubName());
    context.put("ConsumerGroup", consumerGroup);
    context.put("PartitionId", partition.getPartitionId());
    return JSON.toJson(context);
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static String array(List<EventData> events, Function<EventData, Object> value) {
    return JSON.toJson(events.stream().map(value).toList());
  }

  /** The host leaves null and empty strings out of what it hands to a Java worker. */
  private static String strings(List<EventData> events, Function<EventData, String> value) {
    return JSON.toJson(
        events.stream().map(value).filter(text -> text != null && !text.isEmpty()).toList());
  }
}
