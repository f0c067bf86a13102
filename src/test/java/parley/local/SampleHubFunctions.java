package parley.local;

import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.EventHubOutput;
import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.FixedDelayRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.util.List;
import java.util.Map;

/** Functions on an event hub. */
public class SampleHubFunctions {

  @FunctionName("Receive")
  @FixedDelayRetry(maxRetryCount = -1, delayInterval = "00:00:05")
  public void receive(
      @EventHubTrigger(
              name = "events",
              eventHubName = "%SAMPLE_HUB%",
              connection = "EVENTHUB_CONNECTION_STRING",
              cardinality = Cardinality.MANY,
              dataType = "string")
          List<String> events,
      @BindingName("SystemPropertiesArray") Map<String, Object>[] properties) {}

  @FunctionName("Send")
  @EventHubOutput(name = "ignored", eventHubName = "out", connection = "EVENTHUB_CONNECTION_STRING")
  public String send(@DurableActivityTrigger(name = "input") String json) {
    return json;
  }
}
