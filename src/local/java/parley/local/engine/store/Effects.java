package parley.local.engine.store;

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
public final class Effects {

  private final Set<String> ready = new LinkedHashSet<>();
  private final List<ActivityCall> activities = new ArrayList<>();
  private final Map<String, OrchestrationStatus> reached = new LinkedHashMap<>();
  private Instant nextTimer;
  private boolean startsOver;

  /** The store was emptied: nothing from before is to be set going any more. */
  void startOver() {
    startsOver = true;
    ready.clear();
    activities.clear();
    reached.clear();
    nextTimer = null;
  }

  /** The instance has something to play. */
  public void ready(String instance) {
    ready.add(instance);
  }

  public void call(ActivityRequest activity) {
    call(ActivityCall.of(activity));
  }

  void call(ActivityCall activity) {
    activities.add(activity);
  }

  /** The instance has this status now. */
  public void reached(String instance, OrchestrationStatus status) {
    reached.put(instance, status);
  }

  public void timerAt(Instant fireAt) {
    if (nextTimer == null || fireAt.isBefore(nextTimer)) {
      nextTimer = fireAt;
    }
  }

  /** Whether what was set going earlier is void. */
  public boolean startsOver() {
    return startsOver;
  }

  public Set<String> ready() {
    return ready;
  }

  public List<ActivityCall> activities() {
    return activities;
  }

  public Map<String, OrchestrationStatus> reached() {
    return reached;
  }

  /** The earliest of the new timers. */
  public Optional<Instant> nextTimer() {
    return Optional.ofNullable(nextTimer);
  }
}
