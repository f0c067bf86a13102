package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.EventHubProperties;
import com.azure.messaging.eventhubs.PartitionProperties;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import com.azure.messaging.eventhubs.models.SendOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK of Event Hubs, unmodified. */
class SdkTest {

  @TempDir private Path folder;
  private TestHubs hubs;
  private EventHubProducerClient producer;
  private EventHubConsumerClient consumer;

  @BeforeEach
  void start() throws Exception {
    hubs = new TestHubs(folder);
    producer = hubs.producer();
    consumer = hubs.consumer();
  }

  @AfterEach
  void stop() {
    producer.close();
    consumer.close();
    hubs.close();
  }

  @Test
  void what_is_sent_in_a_batch_is_received_in_order_and_whole() {
    EventData event = new EventData("third");
    event.getProperties().put("colour", "red");
    event.setContentType("text/plain").setMessageId("m-3").setCorrelationId("c-3");
    TestHubs.send(producer, "1", "first", "second");
    producer.send(List.of(event), new SendOptions().setPartitionId("1"));

    List<PartitionEvent> events = TestHubs.receive(consumer, "1", 3, EventPosition.earliest());

    assertEquals(List.of("first", "second", "third"), TestHubs.texts(events));
    EventData last = events.get(2).getData();
    assertEquals("red", last.getProperties().get("colour"));
    assertEquals("text/plain", last.getContentType());
    assertEquals("m-3", last.getMessageId());
    assertEquals(2, last.getSequenceNumber());
    assertTrue(Long.parseLong(last.getOffsetString()) > 0);
  }

  @Test
  void events_of_one_key_go_to_one_partition_in_order() {
    Set<String> partitions = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      producer.send(
          List.of(new EventData("a" + i), new EventData("b" + i)),
          new SendOptions().setPartitionKey("player-" + i % 5));
    }
    List<String> order = new ArrayList<>();
    for (String partition : producer.getPartitionIds()) {
      int count =
          (int) producer.getPartitionProperties(partition).getLastEnqueuedSequenceNumber() + 1;
      if (count > 0) {
        TestHubs.receive(consumer, partition, count, EventPosition.earliest())
            .forEach(
                event -> {
                  partitions.add(event.getData().getPartitionKey() + "@" + partition);
                  order.add(event.getData().getPartitionKey() + event.getData().getBodyAsString());
                });
      }
    }
    assertEquals(5, partitions.size(), partitions.toString());
    List<String> ofOne = order.stream().filter(text -> text.startsWith("player-3")).toList();
    assertEquals(
        List.of("a3", "b3", "a8", "b8", "a13", "b13", "a18", "b18"),
        ofOne.stream().map(text -> text.substring("player-3".length())).toList());
  }

  @Test
  void events_without_a_key_are_spread() {
    for (int i = 0; i < 8; i++) {
      producer.send(List.of(new EventData("e" + i)));
    }
    for (String partition : List.of("0", "1", "2", "3")) {
      assertEquals(
          1, producer.getPartitionProperties(partition).getLastEnqueuedSequenceNumber(), partition);
    }
  }

  @Test
  void a_hub_and_its_partitions_tell_of_themselves() {
    EventHubProperties hub = producer.getEventHubProperties();
    assertEquals(TestHubs.HUB, hub.getName());
    assertEquals(List.of("0", "1", "2", "3"), hub.getPartitionIds().stream().toList());
    PartitionProperties empty = producer.getPartitionProperties("2");
    assertTrue(empty.isEmpty());
    assertEquals(-1, empty.getLastEnqueuedSequenceNumber());

    TestHubs.send(producer, "2", "one", "two");

    PartitionProperties filled = producer.getPartitionProperties("2");
    assertFalse(filled.isEmpty());
    assertEquals(0, filled.getBeginningSequenceNumber());
    assertEquals(1, filled.getLastEnqueuedSequenceNumber());
    assertTrue(Long.parseLong(filled.getLastEnqueuedOffset()) > 0);
  }
}
