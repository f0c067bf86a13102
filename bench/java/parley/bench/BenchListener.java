package parley.bench;

import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parley.bench.load.Latencies;

/** A function that takes down when events came to it. */
public class BenchListener {

  static final String HUB = "bench-functions";
  static final String CONNECTION = "EVENTHUB_CONNECTION_STRING";

  private final Latencies latencies;
  private final CountDownLatch left;

  BenchListener(Latencies latencies, int expected) {
    this.latencies = latencies;
    this.left = new CountDownLatch(expected);
  }

  @FunctionName("Listen")
  public void listen(
      @EventHubTrigger(
              name = "events",
              eventHubName = HUB,
              connection = CONNECTION,
              dataType = "string")
          List<String> events) {
    events.forEach(latencies::ended);
    events.forEach(event -> left.countDown());
  }

  /** How many events have not come yet. */
  long left() {
    return left.getCount();
  }

  void await() throws InterruptedException {
    if (!left.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException(left.getCount() + " events have not come");
    }
  }
}
