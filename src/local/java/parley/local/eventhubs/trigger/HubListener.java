package parley.local.eventhubs.trigger;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.EventData;
import com.azure.messaging.eventhubs.EventProcessorClient;
import com.azure.messaging.eventhubs.EventProcessorClientBuilder;
import com.azure.messaging.eventhubs.LoadBalancingStrategy;
import com.azure.messaging.eventhubs.models.ErrorContext;
import com.azure.messaging.eventhubs.models.EventContext;
import com.azure.messaging.eventhubs.models.EventPosition;
import com.azure.messaging.eventhubs.models.PartitionContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import parley.local.functions.FunctionInvoker;
import parley.platform.RootCause;

/**
 * Gives a function the events of its hub, batch after batch in each partition, by the SDK's own
 * processor. A checkpoint is made once the function has returned, or has failed for good.
 *
 * <p>The processor hands the events over one by one, and {@link PartitionFeed} makes the batches:
 * the SDK's own wait for a time until they are full, also where nothing comes.
 */
final class HubListener {

  private static final Logger LOG = System.getLogger(HubListener.class.getName());

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
  private final Map<String, PartitionFeed> feeds = new ConcurrentHashMap<>();
  private final Map<String, Integer> unmarked = new ConcurrentHashMap<>();
  private volatile boolean stopping;

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
            .processPartitionInitialization(context -> open(context.getPartitionContext()))
            .processPartitionClose(context -> end(context.getPartitionContext()))
            .processEvent(this::take)
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

  /** Each start of a partition's reader has a context of its own, and so a feed of its own. */
  private void open(PartitionContext partition) {
    PartitionFeed feed =
        feeds.compute(
            partition.getPartitionId(),
            (id, before) -> {
              if (before != null) {
                // Its reader is gone, though perhaps without a word.
                before.end();
              }
              return new PartitionFeed(
                  partition, options.maxEventBatchSize(), this::handle, before);
            });
    if (stopping) {
      feed.end();
    }
  }

  private void end(PartitionContext partition) {
    PartitionFeed feed = feeds.get(partition.getPartitionId());
    if (feed != null && feed.partition() == partition) {
      feed.end();
    }
  }

  /** Runs on a thread of the processor's for that partition. */
  private void take(EventContext event) {
    PartitionContext partition = event.getPartitionContext();
    PartitionFeed feed = feeds.get(partition.getPartitionId());
    if (feed.partition() != partition) {
      // Of a reader whose place another has taken, which gets the event too.
      return;
    }
    try {
      feed.add(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(PartitionFeed feed, List<EventContext> batch) throws InterruptedException {
    List<EventData> events = batch.stream().map(EventContext::getEventData).toList();
    if (target.shape() == HubFunction.Shape.ONE) {
      for (EventData event : events) {
        call(feed, List.of(event));
      }
    } else {
      call(feed, events);
    }
    mark(batch.get(batch.size() - 1));
  }

  private void mark(EventContext last) {
    String partition = last.getPartitionContext().getPartitionId();
    int batches = unmarked.merge(partition, 1, Integer::sum);
    if (batches >= options.batchCheckpointFrequency()) {
      try {
        last.updateCheckpoint();
        unmarked.remove(partition);
      } catch (RuntimeException e) {
        // That of the next batch stands for this one too.
        LOG.log(Level.ERROR, "no checkpoint for function " + target.function().name(), e);
      }
    }
  }

  /** Calls the function until it returns, or its retries are used up. */
  private void call(PartitionFeed feed, List<EventData> events) throws InterruptedException {
    for (int retry = 1; !called(feed, events, retry); retry++) {
      Optional<Duration> wait = target.retry().before(retry);
      if (wait.isEmpty()) {
        return;
      }
      feed.pause(wait.get());
    }
  }

  private boolean called(PartitionFeed feed, List<EventData> events, int retry)
      throws InterruptedException {
    feed.requireOpen();
    PartitionContext partition = feed.partition();
    try {
      Map<String, String> metadata =
          target.shape() == HubFunction.Shape.ONE
              ? EventMetadata.ofOne(partition, target.consumerGroup(), events.get(0))
              : EventMetadata.ofMany(partition, target.consumerGroup(), events);
      invoker.invoke(target.function(), target.shape().value(events), metadata);
      return true;
    } catch (Exception | Error e) {
      feed.requireOpen();
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
    if (!stopping) {
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
    stopping = true;
    feeds.values().forEach(PartitionFeed::end);
  }

  /** Interrupts the calls that have not ended yet. */
  void interrupt() {
    feeds.values().forEach(PartitionFeed::interrupt);
  }

  boolean isCalling() {
    return feeds.values().stream().anyMatch(PartitionFeed::isBusy);
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
