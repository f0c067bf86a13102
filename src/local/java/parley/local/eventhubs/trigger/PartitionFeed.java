package parley.local.eventhubs.trigger;

import com.azure.messaging.eventhubs.models.EventContext;
import com.azure.messaging.eventhubs.models.PartitionContext;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The events of a partition on their way to a function, on a thread of its own. A batch is what has
 * come while the function was busy with the one before: alone an event is handed on at once, and
 * the more there are, the more go together.
 */
final class PartitionFeed {

  private final PartitionContext partition;
  private final int most;
  private final Handler handler;
  private final Thread thread;
  private final Deque<EventContext> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean ended;

  /**
   * @param most events in a batch
   * @param before the feed that this takes the place of, or null: whatever it is busy with ends
   *     first, so that a function never gets two batches of a partition at once
   */
  PartitionFeed(PartitionContext partition, int most, Handler handler, PartitionFeed before) {
    this.partition = partition;
    this.most = most;
    this.handler = handler;
    Thread last = before == null ? null : before.thread;
    thread =
        new Thread(
            () -> run(last),
            "event-hub-%s-%s".formatted(partition.getEventHubName(), partition.getPartitionId()));
    thread.setDaemon(true);
    thread.start();
  }

  /** What is done with a batch. */
  interface Handler {
    /**
     * Has the batch done, and a checkpoint made.
     *
     * @throws InterruptedException if that was broken off: the events come again
     */
    void handle(PartitionFeed feed, List<EventContext> batch) throws InterruptedException;
  }

  /** The one that its reader was started with. */
  PartitionContext partition() {
    return partition;
  }

  /**
   * Takes an event; waits while a whole batch does. After the end it is left to the next reader.
   */
  synchronized void add(EventContext event) throws InterruptedException {
    while (waiting.size() >= most && !ended) {
      wait();
    }
    if (!ended) {
      waiting.add(event);
      notifyAll();
    }
  }

  /** Hands nothing on any more; a batch under way may end, but not be tried again. */
  synchronized void end() {
    ended = true;
    waiting.clear();
    notifyAll();
  }

  /**
   * Waits before a batch is tried again.
   *
   * @throws InterruptedException if it must not be, because this has ended
   */
  synchronized void pause(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    long left = duration.toNanos();
    while (!ended && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
    requireOpen();
  }

  /** Throws {@link InterruptedException} if this has ended. */
  synchronized void requireOpen() throws InterruptedException {
    if (ended) {
      throw new InterruptedException("the partition is read no longer");
    }
  }

  synchronized boolean isBusy() {
    return busy;
  }

  /** Breaks off what is under way. */
  void interrupt() {
    thread.interrupt();
  }

  private void run(Thread last) {
    try {
      if (last != null) {
        last.join();
      }
      for (List<EventContext> batch = next(); !batch.isEmpty(); batch = next()) {
        handler.handle(this, batch);
      }
    } catch (InterruptedException e) {
      // Without a checkpoint these events come again.
      Thread.currentThread().interrupt();
    } finally {
      idle();
    }
  }

  /** Waits for events; none once this has ended. */
  private synchronized List<EventContext> next() throws InterruptedException {
    busy = false;
    while (waiting.isEmpty() && !ended) {
      wait();
    }
    busy = !waiting.isEmpty();
    List<EventContext> batch = new ArrayList<>(waiting);
    waiting.clear();
    notifyAll();
    return batch;
  }

  private synchronized void idle() {
    busy = false;
  }
}
