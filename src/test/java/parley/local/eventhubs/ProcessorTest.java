package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.EventProcessorClient;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import com.azure.messaging.eventhubs.LoadBalancingStrategy;
import com.azure.messaging.eventhubs.models.EventContext;
import com.azure.messaging.eventhubs.models.EventPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.eventhubs.trigger.LocalCheckpoints;

/** The SDK's processors, which share a hub among them. */
class ProcessorTest {

  @TempDir private Path folder;
  private final Map<String, Set<String>> seen = new ConcurrentHashMap<>();

  @Test
  void two_processors_share_the_partitions_and_one_takes_over_what_the_other_leaves()
      throws Exception {
    try (TestHubs hubs = new TestHubs(folder);
        EventHubProducerClient producer = hubs.producer()) {
      LocalCheckpoints checkpoints = new LocalCheckpoints(hubs.hubs().log());
      EventProcessorClient one = processor(hubs, checkpoints, "one");
      one.start();
      untilOwned(checkpoints, Map.of(one.getIdentifier(), 4));
      EventProcessorClient two = processor(hubs, checkpoints, "two");
      two.start();
      untilOwned(checkpoints, Map.of(one.getIdentifier(), 2, two.getIdentifier(), 2));
      sendToAll(producer, "shared");
      TestHubs.until(() -> all("shared").size() == 4);

      stop(one);
      untilOwned(checkpoints, Map.of(two.getIdentifier(), 4));
      sendToAll(producer, "left");
      TestHubs.until(() -> of("two", "left").size() == 4);
      stop(two);
      assertEquals(Set.of(), of("one", "left"));
    }
  }

  private EventProcessorClient processor(TestHubs hubs, LocalCheckpoints checkpoints, String name) {
    return new EventProcessorClientBuilder()
        .connectionString(hubs.hubs().connectionString(), TestHubs.HUB)
        .consumerGroup("$Default")
        .checkpointStore(checkpoints)
        .initialPartitionEventPosition(partition -> EventPosition.earliest())
        .loadBalancingStrategy(LoadBalancingStrategy.BALANCED)
        .loadBalancingUpdateInterval(Duration.ofMillis(100))
        .processEvent(event -> take(name, event))
        .processError(error -> {})
        .buildEventProcessorClient();
  }

  private static void stop(EventProcessorClient processor) {
    try {
      processor.stop(Duration.ofMillis(300));
    } catch (IllegalStateException late) {
      // Its connections are closed at once; for its threads the SDK may wait in vain.
      assertFalse(processor.isRunning());
    }
  }

  private void take(String name, EventContext event) {
    seen.computeIfAbsent(name, n -> ConcurrentHashMap.newKeySet())
        .add(event.getEventData().getBodyAsString());
    event.updateCheckpoint();
  }

  private void sendToAll(EventHubProducerClient producer, String text) {
    for (String partition : List.of("0", "1", "2", "3")) {
      TestHubs.send(producer, partition, text + partition);
    }
  }

  private Set<String> all(String text) {
    Set<String> all = new TreeSet<>(of("one", text));
    all.addAll(of("two", text));
    return all;
  }

  private Set<String> of(String name, String text) {
    Set<String> matching = new TreeSet<>(seen.getOrDefault(name, Set.of()));
    matching.removeIf(event -> !event.startsWith(text));
    return matching;
  }

  private static void untilOwned(LocalCheckpoints checkpoints, Map<String, Integer> wanted) {
    TestHubs.until(
        () -> {
          Map<String, Integer> owned = new ConcurrentHashMap<>();
          checkpoints
              .listOwnership("localhost", TestHubs.HUB, "$default")
              .filter(ownership -> !ownership.getOwnerId().isEmpty())
              .toIterable()
              .forEach(ownership -> owned.merge(ownership.getOwnerId(), 1, Integer::sum));
          return owned.equals(wanted);
        });
  }
}
