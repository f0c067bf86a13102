package parley.local.eventhubs.trigger;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FixedDelayRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions of each kind that events make run, which tell what they got. */
public class SampleListeners {

  static final String CONNECTION = "EVENTHUB_CONNECTION_STRING";

  /** What one call got. */
  public record Call(
      String function, List<String> events, Map<String, Object>[] system, Object rest) {}

  private final Map<String, BlockingQueue<Call>> calls = new ConcurrentHashMap<>();

  /** How many calls of {@code Patient} and {@code Careless} are to fail. */
  final AtomicInteger failures = new AtomicInteger();

  /** Counted down when {@code Stuck} was called, which then waits to be interrupted. */
  final CountDownLatch stuck = new CountDownLatch(1);

  final CountDownLatch interrupted = new CountDownLatch(1);

  @FunctionName("Patient")
  @FixedDelayRetry(maxRetryCount = -1, delayInterval = "00:00:00.010")
  public void patient(
      @EventHubTrigger(
              name = "events",
              eventHubName = "%SAMPLE_HUB%",
              connection = CONNECTION,
              cardinality = Cardinality.MANY,
              dataType = "string")
          List<String> events,
      @BindingName("SystemPropertiesArray") Map<String, Object>[] system,
      @BindingName("PropertiesArray") Map<String, Object>[] properties,
      @BindingName("PartitionContext") Map<String, Object> partition,
      @BindingName("PartitionKeyArray") List<String> keys,
      @BindingName("SequenceNumberArray") long[] sequences,
      @BindingName("OffsetArray") String[] offsets,
      @BindingName("EnqueuedTimeUtcArray") List<String> times) {
    Map<String, Object> rest =
        Map.of(
            "partition", partition,
            "properties", properties,
            "keys", keys,
            "sequences", sequences,
            "offsets", offsets,
            "times", times);
    tellAndFailIfAsked(new Call("Patient", events, system, rest));
  }

  @FunctionName("Careless")
  public void careless(
      @EventHubTrigger(
              name = "events",
              eventHubName = "other",
              connection = CONNECTION,
              dataType = "string")
          String[] events) {
    tellAndFailIfAsked(new Call("Careless", List.of(events), null, null));
  }

  @FunctionName("Single")
  @ExponentialBackoffRetry(
      maxRetryCount = 2,
      minimumInterval = "00:00:00.010",
      maximumInterval = "00:00:01")
  public void single(
      @EventHubTrigger(
              name = "event",
              eventHubName = "other",
              consumerGroup = "singles",
              connection = CONNECTION,
              cardinality = Cardinality.ONE,
              dataType = "string")
          String event,
      @BindingName("SequenceNumber") long sequence,
      @BindingName("PartitionKey") String key) {
    tell(new Call("Single", List.of(event), null, sequence + key));
    if (event.startsWith("bad")) {
      throw new IllegalArgumentException("bad on purpose");
    }
  }

  @FunctionName("Stuck")
  public void stuck(
      @EventHubTrigger(
              name = "events",
              eventHubName = "stuck",
              connection = CONNECTION,
              dataType = "string")
          List<String> events)
      throws InterruptedException {
    tell(new Call("Stuck", events, null, null));
    stuck.countDown();
    try {
      new CountDownLatch(1).await();
    } finally {
      interrupted.countDown();
    }
  }

  /** The calls of a function, as they come. */
  BlockingQueue<Call> of(String function) {
    return calls.computeIfAbsent(function, name -> new LinkedBlockingQueue<>());
  }

  private void tell(Call call) {
    of(call.function()).add(call);
  }

  private void tellAndFailIfAsked(Call call) {
    // Whoever hears of the call may ask for failures at once; these are for the calls after it.
    boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    tell(call);
    if (fails) {
      throw new IllegalStateException("failed on purpose");
    }
  }
}
