package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.CreateBatchOptions;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Event hubs on a store of their own, and the SDK's clients to them. */
public final class TestHubs implements AutoCloseable {

  public static final String HUB = "sample";
  public static final String KEY = "the-key-of-the-tests";
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EventHubs hubs;

  public TestHubs(Path folder) throws IOException {
    this(folder, Clock.systemUTC());
  }

  public TestHubs(Path folder, Clock clock) throws IOException {
    hubs = EventHubs.bind(0, KEY);
    hubs.serve(
        new EventHubs.Options(
            folder.resolve("event-hubs.db"),
            List.of(HUB, "other", "stuck"),
            4,
            Duration.ofDays(1),
            clock));
  }

  public EventHubs hubs() {
    return hubs;
  }

  public EventHubClientBuilder builder(String hub) {
    return builder(hubs.connectionString(), hub);
  }

  /** Tries a thing twice at most, so that a refusal is there soon. */
  public static EventHubClientBuilder builder(String connectionString, String hub) {
    return new EventHubClientBuilder()
        .connectionString(connectionString, hub)
        .consumerGroup("$Default")
        .retryOptions(
            new AmqpRetryOptions()
                .setMaxRetries(1)
                .setDelay(Duration.ofMillis(100))
                .setTryTimeout(PATIENCE));
  }

  public EventHubProducerClient producer() {
    return builder(HUB).buildProducerClient();
  }

  public EventHubConsumerClient consumer() {
    return builder(HUB).buildConsumerClient();
  }

  /** Sends texts to a partition, in one batch. */
  public static void send(EventHubProducerClient producer, String partition, String... texts) {
    EventDataBatch batch = producer.createBatch(new CreateBatchOptions().setPartitionId(partition));
    for (String text : texts) {
      assertTrue(batch.tryAdd(new EventData(text)), "it does not fit");
    }
    producer.send(batch);
  }

  /** Receives so many events, waiting for them. */
  public static List<PartitionEvent> receive(
      EventHubConsumerClient consumer, String partition, int count, EventPosition from) {
    List<PartitionEvent> events = new ArrayList<>();
    consumer.receiveFromPartition(partition, count, from, PATIENCE).forEach(events::add);
    return events;
  }

  public static List<String> texts(List<PartitionEvent> events) {
    return events.stream().map(event -> event.getData().getBodyAsString()).toList();
  }

  /** Waits until a condition holds; fails if it does not in time. */
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it has not come to that");
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    hubs.close();
  }
}
