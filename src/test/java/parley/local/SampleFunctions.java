package parley.local;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.durabletask.TaskOrchestrationContext;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import com.microsoft.durabletask.azurefunctions.DurableOrchestrationTrigger;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A function of each kind that the local host runs. */
public class SampleFunctions {

  /** What the timer function was called with. */
  public final BlockingQueue<String> ticks = new LinkedBlockingQueue<>();

  @FunctionName("Echo")
  public HttpResponseMessage echo(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET, HttpMethod.POST},
              route = "echo/{id}/{n:int}",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @BindingName("n") int n,
      ExecutionContext context) {
    String seen =
        String.join(
            "|",
            id,
            String.valueOf(n),
            request.getHttpMethod().name(),
            request.getUri().toString(),
            request.getHeaders().getOrDefault("x-sample", "-"),
            request.getQueryParameters().getOrDefault("q", "-"),
            request.getBody().orElse("no body"),
            context.getFunctionName());
    return request
        .createResponseBuilder(HttpStatus.CREATED)
        .header("Location", "/somewhere")
        .header("Content-Type", "text/plain; charset=utf-8")
        .body(seen)
        .build();
  }

  @FunctionName("Answer")
  public HttpResponseMessage answer(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              route = "answer/{kind}",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request,
      @BindingName("kind") String kind) {
    HttpResponseMessage.Builder response = request.createResponseBuilder(HttpStatus.OK);
    return switch (kind) {
      case "bytes" -> response.body(new byte[] {1, 2, 3}).build();
      case "object" -> response.body(Map.of("a", 1)).build();
      case "nothing" -> response.status(HttpStatus.NO_CONTENT).build();
      case "missing" -> response.status(HttpStatus.NOT_FOUND).body("the function's own").build();
      case "null" -> null;
      case "error" -> throw new StackOverflowError("too deep");
      default -> throw new IllegalStateException("password=hunter2");
    };
  }

  @FunctionName("AnswerLiteral")
  public String answerLiteral(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              route = "answer/me",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request) {
    return "literal";
  }

  @FunctionName("Keyed")
  public String keyed(@HttpTrigger(name = "request") HttpRequestMessage<String> request) {
    return "let in";
  }

  @FunctionName("Client")
  public HttpResponseMessage client(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              route = "client",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<Optional<String>> request,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return durable.createCheckStatusResponse(request, "instance-1");
  }

  @FunctionName("Tick")
  public void tick(@TimerTrigger(name = "timer", schedule = "%TICK_SCHEDULE%") String timer) {
    ticks.add(timer);
  }

  @FunctionName("Greet")
  public String greet(@DurableOrchestrationTrigger(name = "context") TaskOrchestrationContext ctx) {
    String name = ctx.getInput(String.class);
    return ctx.callActivity("Compose", Map.of("name", name), String.class).await();
  }

  @FunctionName("Forever")
  public void forever(@DurableOrchestrationTrigger(name = "context") TaskOrchestrationContext ctx) {
    ctx.continueAsNew(ctx.getInput(Integer.class) + 1);
  }

  @FunctionName("Broken")
  public String broken(@DurableOrchestrationTrigger(name = "ctx") TaskOrchestrationContext ctx) {
    throw new IllegalStateException("broken on purpose");
  }

  @FunctionName("Compose")
  public String compose(
      @DurableActivityTrigger(name = "input") String json, ExecutionContext context) {
    return "composed <" + json + ">";
  }

  @FunctionName("CountUp")
  public int countUp(@DurableActivityTrigger(name = "number", activity = "Count") int number) {
    return number + 1;
  }

  @FunctionName("Refuse")
  public void refuse(@DurableActivityTrigger(name = "input") String json) {
    throw new UnsupportedOperationException("refused " + json);
  }
}
