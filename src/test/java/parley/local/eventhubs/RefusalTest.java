package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubConsumerAsyncClient;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.ReceiveOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the SDK is refused, in the words in which its user reads it. */
class RefusalTest {

  @TempDir private Path folder;
  private TestHubs hubs;

  @BeforeEach
  void start() throws Exception {
    hubs = new TestHubs(folder);
  }

  @AfterEach
  void stop() {
    hubs.close();
  }

  @Test
  void an_unknown_hub_is_refused_by_name_with_those_that_are_known() {
    try (EventHubProducerClient producer = hubs.builder("nowhere").buildProducerClient()) {
      AmqpException sending =
          assertThrows(AmqpException.class, () -> producer.send(List.of(new EventData("x"))));
      assertNotFound(
          sending, "'nowhere' could not be found: the hubs here are other, sample, stuck");
      assertNotFound(
          assertThrows(AmqpException.class, producer::getEventHubProperties),
          "'nowhere' could not be found");
    }
  }

  @Test
  void an_unknown_partition_is_refused_by_name() {
    try (EventHubProducerClient producer = hubs.producer()) {
      AmqpException sending =
          assertThrows(AmqpException.class, () -> TestHubs.send(producer, "9", "x"));
      assertNotFound(sending, "'sample/Partitions/9' could not be found");
    }
  }

  @Test
  void a_wrong_key_is_refused_and_not_repeated() {
    String wrong = hubs.hubs().connectionString().replace(TestHubs.KEY, "another key");
    try (EventHubProducerClient producer =
        TestHubs.builder(wrong, TestHubs.HUB).buildProducerClient()) {
      AmqpException refused =
          assertThrows(AmqpException.class, () -> producer.send(List.of(new EventData("x"))));
      assertEquals(AmqpErrorCondition.UNAUTHORIZED_ACCESS, refused.getErrorCondition());
      assertTrue(refused.getMessage().contains("InvalidSignature"), refused.getMessage());
      assertFalse(refused.getMessage().contains("another key"), refused.getMessage());
    }
  }

  @Test
  void an_event_larger_than_a_megabyte_is_refused() {
    try (EventHubProducerClient producer = hubs.producer();
        EventHubConsumerClient consumer = hubs.consumer()) {
      AmqpException refused =
          assertThrows(
              AmqpException.class,
              () -> producer.send(List.of(new EventData("x".repeat((1 << 20) + 1)))));
      assertEquals(AmqpErrorCondition.LINK_PAYLOAD_SIZE_EXCEEDED, refused.getErrorCondition());
      String largest = "x".repeat(1_000_000);
      TestHubs.send(producer, "0", largest);
      assertEquals(
          List.of(largest),
          TestHubs.texts(TestHubs.receive(consumer, "0", 1, EventPosition.earliest())));
    }
  }

  @Test
  void a_receiver_gives_way_to_one_with_an_equal_or_higher_epoch_and_a_lower_one_is_refused()
      throws Exception {
    try (EventHubConsumerAsyncClient first = reader();
        EventHubConsumerAsyncClient second = reader();
        EventHubConsumerAsyncClient third = reader();
        EventHubProducerClient producer = hubs.producer()) {
      TestHubs.send(producer, "0", "x");
      CompletableFuture<String> got = new CompletableFuture<>();
      CompletableFuture<Throwable> lost = read(first, 1L, got);
      assertEquals("x", got.get(20, TimeUnit.SECONDS));

      got = new CompletableFuture<>();
      CompletableFuture<Throwable> secondLost = read(second, 1L, got);
      assertEquals("x", got.get(20, TimeUnit.SECONDS));
      assertStolen(lost.get(20, TimeUnit.SECONDS), "has the epoch 1");

      Throwable lower = read(third, 0L, new CompletableFuture<>()).get(20, TimeUnit.SECONDS);
      assertStolen(lower, "higher than that of a new receiver: 0");
      Throwable none = read(third, null, new CompletableFuture<>()).get(20, TimeUnit.SECONDS);
      assertStolen(none, "higher than that of a new receiver: none");
      assertFalse(secondLost.isDone());
    }
  }

  private EventHubConsumerAsyncClient reader() {
    return hubs.builder(TestHubs.HUB).buildAsyncConsumerClient();
  }

  private static CompletableFuture<Throwable> read(
      EventHubConsumerAsyncClient client, Long epoch, CompletableFuture<String> got) {
    CompletableFuture<Throwable> lost = new CompletableFuture<>();
    client
        .receiveFromPartition(
            "0", EventPosition.earliest(), new ReceiveOptions().setOwnerLevel(epoch))
        .subscribe(event -> got.complete(event.getData().getBodyAsString()), lost::complete);
    return lost;
  }

  private static void assertStolen(Throwable why, String message) {
    assertEquals(AmqpErrorCondition.LINK_STOLEN, ((AmqpException) why).getErrorCondition());
    assertTrue(why.getMessage().contains(message), why.getMessage());
  }

  private static void assertNotFound(AmqpException why, String message) {
    assertEquals(AmqpErrorCondition.NOT_FOUND, why.getErrorCondition());
    assertFalse(why.isTransient());
    assertTrue(why.getMessage().contains(message), why.getMessage());
  }
}
