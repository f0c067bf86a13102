package parley.local.engine;

import com.microsoft.durabletask.OrchestrationRunner;
import com.microsoft.durabletask.OrchestratorFunction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import parley.local.engine.run.Worker;
import parley.local.engine.turn.Protos;

/** Runs lambdas as orchestrators, through the SDK's own runner, and lambdas as activities. */
public final class ScriptedWorker implements Worker {

  private final Map<String, OrchestratorFunction<?>> orchestrators = new ConcurrentHashMap<>();
  private final Map<String, Activity> activities = new ConcurrentHashMap<>();

  /** Takes and returns JSON text, or null. */
  public interface Activity {
    String call(String input) throws Exception;
  }

  public ScriptedWorker orchestrator(String name, OrchestratorFunction<?> code) {
    orchestrators.put(name, code);
    return this;
  }

  public ScriptedWorker activity(String name, Activity code) {
    activities.put(name, code);
    return this;
  }

  public ScriptedWorker without(String name) {
    orchestrators.remove(name);
    activities.remove(name);
    return this;
  }

  @Override
  public boolean hasOrchestrator(String name) {
    return orchestrators.containsKey(name);
  }

  @Override
  public boolean hasActivity(String name) {
    return activities.containsKey(name);
  }

  @Override
  public OrchestratorResponse orchestrate(OrchestratorRequest request) throws Exception {
    String name =
        Stream.concat(request.getPastEventsList().stream(), request.getNewEventsList().stream())
            .filter(HistoryEvent::hasExecutionStarted)
            .findFirst()
            .orElseThrow()
            .getExecutionStarted()
            .getName();
    return OrchestratorResponse.parseFrom(
        OrchestrationRunner.loadAndRun(request.toByteArray(), orchestrators.get(name)));
  }

  @Override
  public String callActivity(ActivityRequest request) throws Exception {
    return activities
        .get(request.getName())
        .call(Protos.text(request.hasInput(), request.getInput()));
  }
}
