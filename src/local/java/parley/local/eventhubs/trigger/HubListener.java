package parley.local.eventhubs.trigger;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventProcessorClient;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import com.azure.messaging.eventhubs.LoadBalancingStrategy;
import com.azure.messaging.eventhubs.models.ErrorContext;
import com.azure.messaging.eventhubs.models.EventBatchContext;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parley.local.functions.FunctionInvoker;
import parley.local.services.RootCause;

/**
 * Gives a function the events of its hub, batch after batch in each partition, by the SDK's own
 * processor. A checkpoint is made once the function has returned, or has failed for good.
 */
final class HubListener {

  private static final Logger LOG = System.getLogger(HubListener.class.getName());

  /** How long a batch waits for more events to come. */
  private static final Duration FILL = Duration.ofMillis(50);

  /** One more partition is claimed each time. What is looked at is in memory. */
  private static final Duration BALANCE = Duration.ofMillis(250);

  /**
   * The SDK closes its connections at once, and then waits ten seconds for a thread that waits for
   * itself.
   */
  private static final Duration STOP_LIMIT = Duration.ofMillis(300);

  private final HubFunction target;
  private final FunctionInvoker invoker;
  private final TriggerOptions options;
  private final EventProcessorClient processor;
  private final Set<Thread> calling = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> unmarked = new ConcurrentHashMap<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  HubListener(
      HubFunction target,
      FunctionInvoker invoker,
      TriggerOptions options,
      CheckpointStore checkpoints) {
    this.target = target;
    this.invoker = invoker;
    this.options = options;
    EventProcessorClientBuilder builder =
        new EventProcessorClientBuilder()
            .consumerGroup(target.consumerGroup())
            .checkpointStore(checkpoints)
            .prefetchCount(options.prefetchCount())
            .initialPartitionEventPosition(partition -> EventPosition.earliest())
            .loadBalancingStrategy(LoadBalancingStrategy.BALANCED)
            .loadBalancingUpdateInterval(BALANCE)
            .processEventBatch(this::take, options.maxEventBatchSize(), FILL)
            .processError(this::tell);
    // As in Azure, a connection string that names a hub wins over the annotation.
    processor =
        (target.connectionString().contains("EntityPath=")
                ? builder.connectionString(target.connectionString())
                : builder.connectionString(target.connectionString(), target.hub()))
            .buildEventProcessorClient();
  }

  void start() {
    processor.start();
  }

  /** Runs on a thread of that partition. */
  private void take(EventBatchContext batch) {
    List<EventData> events = batch.getEvents();
    if (events.isEmpty()) {
      return;
    }
    calling.add(Thread.currentThread());
    try {
      if (target.shape() == HubFunction.Shape.ONE) {
        for (EventData event : events) {
          call(batch.getPartitionContext(), List.of(event));
        }
      } else {
        call(batch.getPartitionContext(), events);
      }
    } catch (InterruptedException e) {
      // The host ends. Without a checkpoint these events come again.
      Thread.currentThread().interrupt();
      return;
    } finally {
      calling.remove(Thread.currentThread());
    }
    mark(batch);
  }

  private void mark(EventBatchContext batch) {
    String partition = batch.getPartitionContext().getPartitionId();
    int batches = unmarked.merge(partition, 1, Integer::sum);
    if (batches >= options.batchCheckpointFrequency()) {
      batch.updateCheckpoint();
      unmarked.remove(partition);
    }
  }

  /** Calls the function until it returns, or its retries are used up. */
  private void call(PartitionContext partition, List<EventData> events)
      throws InterruptedException {
    for (int retry = 1; !called(partition, events, retry); retry++) {
      Optional<Duration> wait = target.retry().before(retry);
      if (wait.isEmpty()) {
        return;
      }
      if (stopping.await(wait.get().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("stopped while waiting for a retry");
      }
    }
  }

  private boolean called(PartitionContext partition, List<EventData> events, int retry)
      throws InterruptedException {
    if (stopping.getCount() == 0) {
      throw new InterruptedException("stopped before a call");
    }
    Map<String, String> metadata =
        target.shape() == HubFunction.Shape.ONE
            ? EventMetadata.ofOne(partition, target.consumerGroup(), events.get(0))
            : EventMetadata.ofMany(partition, target.consumerGroup(), events);
    try {
      invoker.invoke(target.function(), target.shape().value(events), metadata);
      return true;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | Error e) {
      if (stopping.getCount() == 0) {
        throw new InterruptedException("stopped in a call");
      }
      tell(e, partition, events.size(), retry);
      return false;
    }
  }

  private void tell(Throwable failure, PartitionContext partition, int events, int retry) {
    Optional<Duration> wait = target.retry().before(retry);
    String what =
        "function %s failed with %d events of %s/%s; %s"
            .formatted(
                target.function().name(),
                events,
                partition.getEventHubName(),
                partition.getPartitionId(),
                wait.map(w -> "called again in " + w.toMillis() + " ms")
                    .orElse("they are given up"));
    if (wait.isPresent() && retry > 1) {
      // The first time has told all about it.
      LOG.log(Level.WARNING, what + ": " + RootCause.line(failure));
    } else {
      LOG.log(Level.ERROR, what, failure);
    }
  }

  /** What the processor cannot do by itself it tries again. */
  private void tell(ErrorContext context) {
    if (stopping.getCount() > 0) {
      LOG.log(
          Level.WARNING,
          "function {0} gets no events of {1}/{2} for now: {3}",
          target.function().name(),
          context.getPartitionContext().getEventHubName(),
          context.getPartitionContext().getPartitionId(),
          RootCause.line(context.getThrowable()));
    }
  }

  /** Lets no more calls begin, and retries go. */
  void beginStop() {
    stopping.countDown();
  }

  /** Interrupts the calls that have not ended yet. */
  void interrupt() {
    calling.forEach(Thread::interrupt);
  }

  boolean isCalling() {
    return !calling.isEmpty();
  }

  /** Ends the processor. */
  void stop() {
    try {
      processor.stop(STOP_LIMIT);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the processor of " + target.function().name() + " ended late", e);
    }
  }
}
