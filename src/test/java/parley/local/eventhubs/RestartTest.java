package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.amqp.AmqpRetryOptions;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.PartitionProperties;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.EventPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

  @TempDir private Path folder;

  @Test
  void events_their_numbers_and_checkpoints_are_there_after_a_restart() throws Exception {
    PartitionProperties before;
    Checkpoint checkpoint =
        new Checkpoint()
            .setFullyQualifiedNamespace("localhost")
            .setEventHubName(TestHubs.HUB)
            .setConsumerGroup("$default")
            .setPartitionId("1")
            .setOffsetString("12")
            .setSequenceNumber(1L);
    try (TestHubs hubs = new TestHubs(folder);
        EventHubProducerClient producer = hubs.producer()) {
      TestHubs.send(producer, "1", "a", "b");
      hubs.hubs().log().save(checkpoint).get();
      before = producer.getPartitionProperties("1");
    }
    try (TestHubs hubs = new TestHubs(folder);
        EventHubProducerClient producer = hubs.producer();
        EventHubConsumerClient consumer = hubs.consumer()) {
      PartitionProperties after = producer.getPartitionProperties("1");
      assertEquals(before.getLastEnqueuedSequenceNumber(), after.getLastEnqueuedSequenceNumber());
      assertEquals(before.getLastEnqueuedTime(), after.getLastEnqueuedTime());
      TestHubs.send(producer, "1", "c");
      assertEquals(
          List.of("a", "b", "c"),
          TestHubs.texts(TestHubs.receive(consumer, "1", 3, EventPosition.earliest())));
      Checkpoint found =
          hubs.hubs().log().checkpoints("localhost", TestHubs.HUB, "$default").get().get(0);
      assertEquals("12", found.getOffsetString());
      assertEquals(1, found.getSequenceNumber());
    }
  }

  @Test
  void one_log_is_not_for_two() throws Exception {
    try (TestHubs hubs = new TestHubs(folder)) {
      IOException refused = assertThrows(IOException.class, () -> new TestHubs(folder));
      assertTrue(refused.getMessage().contains("is in use"), refused.getMessage());
      assertTrue(hubs.hubs().port() > 0);
    }
  }

  @Test
  void nothing_that_was_acknowledged_is_lost_when_the_process_is_killed() throws Exception {
    HubsProcess process = HubsProcess.start(folder, 0);
    int port = process.port();
    List<Sender> senders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      senders.add(new Sender(process.connectionString(), i));
    }
    Random random = new Random();
    try {
      for (int kill = 0; kill < 3; kill++) {
        int wanted = acknowledged(senders) + 50 + random.nextInt(200);
        TestHubs.until(() -> acknowledged(senders) >= wanted);
        process.kill();
        process = HubsProcess.start(folder, port);
      }
      int last = acknowledged(senders) + 50;
      TestHubs.until(() -> acknowledged(senders) >= last);
      for (Sender sender : senders) {
        sender.end();
        assertEquals(Set.of(), sender.lost(process.connectionString()));
      }
    } finally {
      process.kill();
    }
  }

  private static int acknowledged(List<Sender> senders) {
    return senders.stream().mapToInt(sender -> sender.acknowledged.get()).sum();
  }

  /** Sends numbers to a partition, two at a time, and knows which of them were acknowledged. */
  private static final class Sender {

    private final String connectionString;
    private final String partition;
    private final Set<String> sent = new HashSet<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "sender");

    Sender(String connectionString, int partition) {
      this.connectionString = connectionString;
      this.partition = Integer.toString(partition);
      thread.start();
    }

    private void run() {
      try (EventHubProducerClient producer =
          TestHubs.builder(connectionString, TestHubs.HUB)
              .retryOptions(
                  new AmqpRetryOptions()
                      .setMaxRetries(1)
                      .setDelay(Duration.ofMillis(50))
                      .setTryTimeout(Duration.ofSeconds(3)))
              .buildProducerClient()) {
        for (int n = 0; !ending.get(); n += 2) {
          try {
            TestHubs.send(producer, partition, "n" + n, "n" + (n + 1));
            sent.add("n" + n);
            sent.add("n" + (n + 1));
            acknowledged.incrementAndGet();
          } catch (RuntimeException killed) {
            // Nobody has said whether these are there. They may be.
            assertTrue(killed.getMessage() != null);
          }
        }
      }
    }

    void end() throws InterruptedException {
      ending.set(true);
      thread.join();
    }

    /** What was acknowledged, and is not there. */
    Set<String> lost(String address) {
      try (EventHubConsumerClient consumer =
          TestHubs.builder(address, TestHubs.HUB).buildConsumerClient()) {
        int there =
            (int) consumer.getPartitionProperties(partition).getLastEnqueuedSequenceNumber() + 1;
        Set<String> lost = new HashSet<>(sent);
        TestHubs.texts(TestHubs.receive(consumer, partition, there, EventPosition.earliest()))
            .forEach(lost::remove);
        return lost;
      }
    }
  }
}
