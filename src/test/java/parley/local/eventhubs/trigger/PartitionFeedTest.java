package parley.local.eventhubs.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.models.EventContext;
import com.azure.messaging.eventhubs.models.PartitionContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.local.eventhubs.TestHubs;

class PartitionFeedTest {

  private static final PartitionContext PARTITION =
      new PartitionContext("localhost", "sample", "$Default", "0");

  private final BlockingQueue<String> handed = new LinkedBlockingQueue<>();
  private final Semaphore goOn = new Semaphore(0);

  @Test
  void an_event_goes_at_once_and_the_next_batch_is_what_has_come_meanwhile() throws Exception {
    PartitionFeed feed = feed(3, null);
    add(feed, "a");
    assertEquals("a", next());
    add(feed, "b", "c", "d");
    Thread fourth = new Thread(() -> add(feed, "e"));
    fourth.start();
    TestHubs.until(() -> fourth.getState() == Thread.State.WAITING);
    goOn.release();
    assertEquals("bcd", next());
    goOn.release();
    assertEquals("e", next());
    goOn.release();
    TestHubs.until(() -> !feed.isBusy());
    feed.end();
  }

  @Test
  void after_its_end_it_hands_nothing_on_and_lets_nobody_wait() throws Exception {
    PartitionFeed feed = feed(1, null);
    add(feed, "a");
    assertEquals("a", next());
    add(feed, "b");
    Thread third = new Thread(() -> add(feed, "c"));
    third.start();
    feed.end();
    third.join(TestHubs.PATIENCE.toMillis());
    assertFalse(third.isAlive());
    assertTrue(feed.isBusy());
    goOn.release();
    TestHubs.until(() -> !feed.isBusy());
    add(feed, "d");
    assertNull(handed.poll(50, TimeUnit.MILLISECONDS));
  }

  @Test
  void one_that_takes_the_place_of_another_begins_when_that_is_done() throws Exception {
    PartitionFeed before = feed(10, null);
    add(before, "a");
    assertEquals("a", next());
    before.end();
    PartitionFeed feed = feed(10, before);
    add(feed, "a", "b");
    assertNull(handed.poll(50, TimeUnit.MILLISECONDS));
    goOn.release();
    assertEquals("ab", next());
    feed.end();
    goOn.release();
  }

  @Test
  void the_end_breaks_off_a_wait_to_try_again() throws Exception {
    BlockingQueue<Exception> thrown = new LinkedBlockingQueue<>();
    PartitionFeed feed =
        new PartitionFeed(
            PARTITION,
            1,
            (self, batch) -> {
              try {
                handed.add("a");
                self.pause(Duration.ofDays(1));
              } catch (InterruptedException e) {
                thrown.add(e);
                throw e;
              }
            },
            null);
    add(feed, "a");
    next();
    feed.end();
    assertEquals(
        InterruptedException.class,
        thrown.poll(TestHubs.PATIENCE.toSeconds(), TimeUnit.SECONDS).getClass());
    TestHubs.until(() -> !feed.isBusy());
  }

  private PartitionFeed feed(int most, PartitionFeed before) {
    return new PartitionFeed(PARTITION, most, this::handle, before);
  }

  private void handle(PartitionFeed feed, List<EventContext> batch) throws InterruptedException {
    StringBuilder bodies = new StringBuilder();
    batch.forEach(event -> bodies.append(event.getEventData().getBodyAsString()));
    handed.add(bodies.toString());
    goOn.acquire();
  }

  private String next() throws InterruptedException {
    return handed.poll(TestHubs.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void add(PartitionFeed feed, String... bodies) {
    try {
      for (String body : bodies) {
        feed.add(
            new EventContext(PARTITION, new EventData(body), new LocalCheckpoints(null), null));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
