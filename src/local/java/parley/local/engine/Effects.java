package parley.local.engine;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to be set going once a transaction is committed, and not before. */
final class Effects {

  private final Set<String> ready = new LinkedHashSet<>();
  private final List<ActivityRequest> activities = new ArrayList<>();
  private final Map<String, OrchestrationStatus> reached = new LinkedHashMap<>();
  private Instant nextTimer;

  /** The instance has something to play. */
  void ready(String instance) {
    ready.add(instance);
  }

  void call(ActivityRequest activity) {
    activities.add(activity);
  }

  /** The instance has this status now. */
  void reached(String instance, OrchestrationStatus status) {
    reached.put(instance, status);
  }

  void timerAt(Instant fireAt) {
    if (nextTimer == null || fireAt.isBefore(nextTimer)) {
      nextTimer = fireAt;
    }
  }

  Set<String> ready() {
    return ready;
  }

  List<ActivityRequest> activities() {
    return activities;
  }

  Map<String, OrchestrationStatus> reached() {
    return reached;
  }

  /** The earliest of the new timers. */
  Optional<Instant> nextTimer() {
    return Optional.ofNullable(nextTimer);
  }
}
