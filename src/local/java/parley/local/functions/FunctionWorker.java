package parley.local.functions;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import parley.local.engine.run.Worker;

/** Runs the app's orchestrators and activities for the durable engine. */
public final class FunctionWorker implements Worker {

  private final FunctionCatalog catalog;
  private final FunctionInvoker invoker;

  public FunctionWorker(FunctionCatalog catalog, FunctionInvoker invoker) {
    this.catalog = catalog;
    this.invoker = invoker;
  }

  @Override
  public boolean hasOrchestrator(String name) {
    return catalog.orchestrator(name).isPresent();
  }

  @Override
  public boolean hasActivity(String name) {
    return catalog.activity(name).isPresent();
  }

  /** Runs one turn; an orchestrator's failure is a completion in the response. */
  @Override
  public OrchestratorResponse orchestrate(OrchestratorRequest request) throws Exception {
    String name = orchestratorName(request);
    FunctionDefinition function =
        catalog
            .orchestrator(name)
            .orElseThrow(() -> new IllegalArgumentException("no orchestrator is named " + name));
    String encoded = Base64.getEncoder().encodeToString(request.toByteArray());
    Object answer = invoker.invoke(function, encoded, Map.of());
    return OrchestratorResponse.parseFrom(Base64.getDecoder().decode((String) answer));
  }

  /**
   * Runs an activity; its input is the raw JSON text.
   *
   * @throws Exception what the activity threw
   */
  @Override
  public String callActivity(ActivityRequest request) throws Exception {
    FunctionDefinition function =
        catalog
            .activity(request.getName())
            .orElseThrow(
                () -> new IllegalArgumentException("no activity is named " + request.getName()));
    String input = request.hasInput() ? request.getInput().getValue() : null;
    return Values.toJson(invoker.invoke(function, input, Map.of()));
  }

  private static String orchestratorName(OrchestratorRequest request) {
    return Stream.concat(request.getPastEventsList().stream(), request.getNewEventsList().stream())
        .filter(HistoryEvent::hasExecutionStarted)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the history of %s does not start".formatted(request.getInstanceId())))
        .getExecutionStarted()
        .getName();
  }
}
