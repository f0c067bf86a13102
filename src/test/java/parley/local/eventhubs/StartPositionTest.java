package parley.local.eventhubs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.amqp.exception.AmqpErrorCondition;
import com.azure.core.amqp.exception.AmqpException;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventHubConsumerClient;
import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.TestClock;
import parley.platform.RootCause;
import reactor.core.Disposable;

/** From where a consumer may begin, and for how long events are there to begin at. */
class StartPositionTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path folder;
  private final TestClock clock = new TestClock(NOON.toString());
  private TestHubs hubs;
  private EventHubProducerClient producer;
  private EventHubConsumerClient consumer;

  @BeforeEach
  void start() throws Exception {
    hubs = new TestHubs(folder, clock);
    producer = hubs.producer();
    consumer = hubs.consumer();
    for (String text : List.of("0", "1", "2", "3")) {
      TestHubs.send(producer, "0", text);
      clock.advance(Duration.ofMinutes(1));
    }
  }

  @AfterEach
  void stop() {
    producer.close();
    consumer.close();
    hubs.close();
  }

  @Test
  void by_sequence_number_offset_and_time_at_an_event_or_behind_it() {
    EventData second = receive(EventPosition.earliest(), 4).get(1).getData();
    assertEquals(NOON.plusSeconds(60), second.getEnqueuedTime());

    assertEquals("2", first(EventPosition.fromSequenceNumber(1)));
    assertEquals("1", first(EventPosition.fromSequenceNumber(1, true)));
    assertEquals("2", first(EventPosition.fromOffsetString(second.getOffsetString())));
    assertEquals("1", first(EventPosition.fromEnqueuedTime(NOON.plusSeconds(30))));
    assertEquals("2", first(EventPosition.fromEnqueuedTime(NOON.plusSeconds(60))));
  }

  @Test
  void at_the_end_for_what_comes_from_now_on() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (var async = hubs.builder(TestHubs.HUB).buildAsyncConsumerClient()) {
      Disposable subscription =
          async
              .receiveFromPartition("0", EventPosition.latest())
              .subscribe(event -> received.add(event.getData().getBodyAsString()));
      // Until the link is there, what is sent is sent before it.
      String seen = null;
      for (int i = 0; seen == null && i < 200; i++) {
        TestHubs.send(producer, "0", "new " + i);
        seen = received.poll(50, TimeUnit.MILLISECONDS);
      }
      assertTrue(seen != null && seen.startsWith("new "), seen);
      subscription.dispose();
    }
  }

  @Test
  void a_position_behind_the_end_is_refused_by_what_is_there() {
    RuntimeException thrown =
        assertThrows(RuntimeException.class, () -> first(EventPosition.fromSequenceNumber(77)));
    AmqpException refused = (AmqpException) RootCause.of(thrown);
    assertEquals(AmqpErrorCondition.ARGUMENT_OUT_OF_RANGE_ERROR, refused.getErrorCondition());
    assertTrue(
        refused.getMessage().contains("'77' is invalid: the last one in sample/0 is '3'"),
        refused.getMessage());
  }

  @Test
  void old_events_are_forgotten_after_a_day_and_numbers_go_on() throws Exception {
    clock.advance(Duration.ofDays(1).minus(Duration.ofSeconds(150)));
    hubs.hubs().clockMoved();
    TestHubs.until(() -> producer.getPartitionProperties("0").getBeginningSequenceNumber() == 2);
    assertEquals("2", first(EventPosition.earliest()));
    assertEquals("2", first(EventPosition.fromSequenceNumber(0)));

    clock.advance(Duration.ofDays(1));
    hubs.hubs().clockMoved();
    TestHubs.until(() -> producer.getPartitionProperties("0").isEmpty());
    TestHubs.send(producer, "0", "4");
    EventData next = receive(EventPosition.earliest(), 1).get(0).getData();
    assertEquals(4, next.getSequenceNumber());
    assertEquals("4", next.getBodyAsString());
  }

  private String first(EventPosition position) {
    return receive(position, 1).get(0).getData().getBodyAsString();
  }

  private List<PartitionEvent> receive(EventPosition position, int count) {
    return TestHubs.receive(consumer, "0", count, position);
  }
}
