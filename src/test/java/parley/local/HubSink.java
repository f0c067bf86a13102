package parley.local;

import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A function that keeps what a hub gives it. */
public class HubSink {

  public final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  @FunctionName("Sink")
  public void sink(
      @EventHubTrigger(
              name = "events",
              eventHubName = "%SAMPLE_HUB%",
              connection = "EVENTHUB_CONNECTION_STRING",
              dataType = "string")
          List<String> taken) {
    events.addAll(taken);
  }
}
