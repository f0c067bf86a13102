package parley.platform;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.core.credential.TokenCredential;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventDataBatch;
import com.azure.messaging.eventhubs.EventHubClientBuilder;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.SendOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Puts events on one event hub, by one producer for the whole process. */
public final class EventSender implements AutoCloseable {

  private static final AmqpRetryOptions RETRIES =
      new AmqpRetryOptions()
          .setTryTimeout(Duration.ofSeconds(2))
          .setMaxRetries(1)
          .setDelay(Duration.ofMillis(200));

  private final String hub;
  private final Consumer<EventHubClientBuilder> access;
  private EventHubProducerClient producer;

  private EventSender(String hub, Consumer<EventHubClientBuilder> access) {
    this.hub = hub;
    this.access = access;
  }

  /** Connects at the first event. */
  public EventSender(String connectionString, String hub) {
    this(hub, builder -> builder.connectionString(connectionString, hub));
  }

  /**
   * Connects at the first event, with access tokens.
   *
   * @param namespace the host of the namespace, {@code NAME.servicebus.windows.net}
   */
  public EventSender(String namespace, TokenCredential credential, String hub) {
    this(hub, builder -> builder.credential(namespace, hub, credential));
  }

  /**
   * Puts an event on the hub, and returns when it is stored there.
   *
   * @param partitionKey events of one key stay in order
   * @throws ProblemException 503 if that was not acknowledged in time; it may be stored all the
   *     same
   */
  public void send(String partitionKey, String event) {
    try {
      producer()
          .send(List.of(new EventData(event)), new SendOptions().setPartitionKey(partitionKey));
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /**
   * Puts events on the hub in as few messages as they fit into, and returns when all are stored.
   *
   * @throws ProblemException 503 if one was not acknowledged in time; any may be stored all the
   *     same
   */
  public void sendAll(List<String> events) {
    try {
      EventHubProducerClient sender = producer();
      EventDataBatch batch = sender.createBatch();
      for (String event : events) {
        EventData data = new EventData(event);
        if (!batch.tryAdd(data)) {
          sender.send(batch);
          batch = sender.createBatch();
          if (!batch.tryAdd(data)) {
            throw new IllegalArgumentException("an event is too large for hub " + hub);
          }
        }
      }
      if (batch.getCount() > 0) {
        sender.send(batch);
      }
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }

  private synchronized EventHubProducerClient producer() {
    if (producer == null) {
      EventHubClientBuilder builder = new EventHubClientBuilder().retryOptions(RETRIES);
      access.accept(builder);
      producer = builder.buildProducerClient();
    }
    return producer;
  }

  private ProblemException unavailable(RuntimeException e) {
    return new ProblemException(Problem.unavailable("the event hub " + hub), e);
  }
}
