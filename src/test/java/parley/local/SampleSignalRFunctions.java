package parley.local;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.signalr.SignalRConnectionInfo;
import com.microsoft.azure.functions.signalr.SignalRGroupAction;
import com.microsoft.azure.functions.signalr.SignalRMessage;
import com.microsoft.azure.functions.signalr.annotation.SignalRConnectionInfoInput;
import com.microsoft.azure.functions.signalr.annotation.SignalROutput;
import com.microsoft.durabletask.TaskOrchestrationContext;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import com.microsoft.durabletask.azurefunctions.DurableOrchestrationTrigger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions on a SignalR hub. */
public class SampleSignalRFunctions {

  private static final String HUB = "%SAMPLE_SIGNALR_HUB%";

  @FunctionName("Negotiate")
  public SignalRConnectionInfo negotiate(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              route = "negotiate",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      @SignalRConnectionInfoInput(name = "info", hubName = HUB, userId = "{headers.X-Player-Id}")
          SignalRConnectionInfo info) {
    return info;
  }

  @FunctionName("NegotiateAsText")
  public String negotiateAsText(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              route = "text/{room}",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      @SignalRConnectionInfoInput(
              name = "info",
              connectionStringSetting = "AzureSignalRConnectionString",
              hubName = HUB,
              userId = "{query.user}@{room}")
          String info) {
    return info;
  }

  /** One message, to a user or, without one, to all. */
  @FunctionName("Say")
  public void say(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              route = "say",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      @SignalROutput(name = "message", hubName = HUB) OutputBinding<SignalRMessage> output) {
    String text = request.getBody().orElse("");
    if (text.equals("nothing")) {
      return;
    }
    SignalRMessage message = new SignalRMessage("say", text, Map.of("n", 1.5));
    message.userId = request.getQueryParameters().getOrDefault("user", "");
    output.setValue(message);
    if (text.equals("and fail")) {
      throw new IllegalStateException("it was set, but the function has failed");
    }
  }

  /** Several messages, and a change of a group between them. */
  @FunctionName("SayMore")
  @SignalROutput(name = "ignored", hubName = HUB)
  public Object[] sayMore(@DurableActivityTrigger(name = "input") String json) {
    SignalRMessage first = new SignalRMessage("tell", "first");
    first.userId = "ann";
    SignalRMessage second = new SignalRMessage("tell", "second");
    second.groupName = "reds";
    return new Object[] {first, new SignalRGroupAction("add", "reds", "ann"), second};
  }

  @FunctionName("Story")
  public int story(@DurableOrchestrationTrigger(name = "context") TaskOrchestrationContext ctx) {
    ctx.callActivity("SayMore", Map.of()).await();
    ctx.callActivity("SayText", List.of("third")).await();
    return 3;
  }

  @FunctionName("SayText")
  public void sayText(
      @DurableActivityTrigger(name = "input") String json,
      @SignalROutput(name = "out", hubName = HUB) OutputBinding<String> output) {
    output.setValue("[{\"target\":\"tell\",\"arguments\":" + json + ",\"userId\":null}]");
  }
}
