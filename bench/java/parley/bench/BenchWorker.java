package parley.bench;

import com.microsoft.durabletask.OrchestrationRunner;
import com.microsoft.durabletask.OrchestratorFunction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import parley.local.engine.run.Worker;

/** Runs lambdas through the SDK's own runner, as the Java worker of Azure Functions does. */
final class BenchWorker implements Worker {

  private final Map<String, OrchestratorFunction<?>> orchestrators = new ConcurrentHashMap<>();
  private final Map<String, Activity> activities = new ConcurrentHashMap<>();
  private final AtomicLong turns = new AtomicLong();

  /** Takes the instance that asks and JSON text or null; returns JSON text or null. */
  interface Activity {
    String call(String instance, String input) throws Exception;
  }

  BenchWorker orchestrator(String name, OrchestratorFunction<?> code) {
    orchestrators.put(name, code);
    return this;
  }

  BenchWorker activity(String name, Activity code) {
    activities.put(name, code);
    return this;
  }

  /** How many turns it has run. */
  long turns() {
    return turns.get();
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
    turns.incrementAndGet();
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
        .call(
            request.getOrchestrationInstance().getInstanceId(),
            request.hasInput() ? request.getInput().getValue() : null);
  }
}
