package parley.local.engine.turn;

import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_CONTINUED_AS_NEW;
import static com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus.ORCHESTRATION_STATUS_FAILED;

import com.google.protobuf.StringValue;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.HistoryEvent;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorAction;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.TaskFailureDetails;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One step of an orchestration: what has arrived is played, and the orchestrator's answer becomes
 * an {@link Outcome}. Values in, values out.
 */
public final class Turn {

  private static final int NO_ACTION = -1;

  private final Instance instance;
  private final List<HistoryEvent> past;
  private final List<HistoryEvent> arrived;
  private final Instant at;

  private Turn(Instance instance, List<HistoryEvent> past, List<HistoryEvent> inbox, Instant at) {
    this.instance = instance;
    this.past = past;
    this.at = at;
    this.arrived = new ArrayList<>(inbox.size() + 1);
    stamp(List.of(Events.orchestratorStarted()), arrived);
    stamp(inbox, arrived);
  }

  /**
   * Begins a turn.
   *
   * @param past the history of the instance's generation
   * @param inbox what has arrived since, in order
   */
  public static Turn begin(
      Instance instance, List<HistoryEvent> past, List<HistoryEvent> inbox, Instant now) {
    return new Turn(instance, past, inbox, timeOf(instance, inbox, now));
  }

  /**
   * Turns of an instance lie at least a millisecond apart, which is as fine as the SDK reads a
   * time, and so does a turn from the due time of a timer that it fires: the SDK takes a timer that
   * fires on the dot for one that came early, and sets another.
   */
  private static Instant timeOf(Instance instance, List<HistoryEvent> inbox, Instant now) {
    Instant at = latest(now.truncatedTo(ChronoUnit.MILLIS), instance.turnAt().plusMillis(1));
    for (HistoryEvent event : inbox) {
      if (event.hasTimerFired()) {
        Instant fireAt = Protos.instant(event.getTimerFired().getFireAt());
        at = latest(at, fireAt.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
      }
    }
    return at;
  }

  /** The time that the orchestrator sees: the clock's, or a little later. */
  public Instant at() {
    return at;
  }

  /** What the orchestrator is to run on. */
  public OrchestratorRequest request() {
    OrchestratorRequest.Builder request =
        OrchestratorRequest.newBuilder()
            .setInstanceId(instance.id())
            .setExecutionId(StringValue.of(Long.toString(instance.execution())))
            .addAllNewEvents(arrived);
    for (HistoryEvent event : past) {
      if (!event.hasEventSent()) { // the SDK throws on this one
        request.addPastEvents(event);
      }
    }
    return request.build();
  }

  /**
   * What the orchestrator's answer brings about. An answer that does not fit the history fails the
   * instance: its code has changed, or does not do the same thing twice.
   */
  public Outcome outcome(OrchestratorResponse response) {
    Map<Integer, HistoryEvent> known = scheduledBefore();
    Decisions decisions = new Decisions(instance);
    Set<Integer> asked = new HashSet<>();
    for (OrchestratorAction action : response.getActionsList()) {
      HistoryEvent before = known.get(action.getId());
      if (action.hasSendEvent() && before != null && before.hasEventSent()) {
        continue; // the SDK sends it again at every turn
      }
      Optional<String> objection =
          before != null
              ? Optional.of(clash(action, before))
              : asked.add(action.getId()) ? malformed(action) : Optional.of(twice(action));
      if (objection.isPresent()) {
        return failed(Failures.lasting("NonDeterministicOrchestrator", objection.get()));
      }
      decisions.take(action);
    }
    String customStatus = response.getCustomStatus().getValue();
    return sum(decisions, customStatus.isEmpty() ? null : customStatus);
  }

  /** What comes of a turn that could not be run. */
  public Outcome failed(TaskFailureDetails failure) {
    Decisions decisions = new Decisions(instance);
    decisions.finish(NO_ACTION, ORCHESTRATION_STATUS_FAILED, null, failure);
    return sum(decisions, instance.customStatus());
  }

  private Outcome sum(Decisions decisions, String customStatus) {
    List<HistoryEvent> played = new ArrayList<>(arrived);
    stamp(decisions.events(), played);
    return decisions.outcome(played, customStatus);
  }

  /**
   * No two events of an instance share a time: the SDK keeps what it carries over to the next
   * generation as a set, in which two equal events would be one.
   */
  private void stamp(List<HistoryEvent> events, List<HistoryEvent> into) {
    for (HistoryEvent event : events) {
      Instant unique = at.plusNanos(into.size());
      into.add(event.toBuilder().setTimestamp(Protos.timestamp(unique)).build());
    }
  }

  private Map<Integer, HistoryEvent> scheduledBefore() {
    Map<Integer, HistoryEvent> known = new HashMap<>();
    for (HistoryEvent event : past) {
      if (event.hasTaskScheduled()
          || event.hasTimerCreated()
          || event.hasSubOrchestrationInstanceCreated()
          || event.hasEventSent()) {
        known.put(event.getEventId(), event);
      }
    }
    return known;
  }

  private Optional<String> malformed(OrchestratorAction action) {
    return switch (action.getOrchestratorActionTypeCase()) {
      case ORCHESTRATORACTIONTYPE_NOT_SET ->
          Optional.of(
              "action " + action.getId() + " of '" + instance.name() + "' is of no known kind");
      case COMPLETEORCHESTRATION -> {
        OrchestrationStatus status = action.getCompleteOrchestration().getOrchestrationStatus();
        yield Instance.finished(status) || status == ORCHESTRATION_STATUS_CONTINUED_AS_NEW
            ? Optional.empty()
            : Optional.of("'" + instance.name() + "' completes with the status " + status);
      }
      default -> Optional.empty();
    };
  }

  private String twice(OrchestratorAction action) {
    return "'" + instance.name() + "' asks for two things as its action " + action.getId();
  }

  private String clash(OrchestratorAction action, HistoryEvent before) {
    return String.format(
        "the orchestrator '%s' asks for %s as its action %d, where the history of instance '%s' has"
            + " %s; was its code changed while the instance was running?",
        instance.name(),
        action.getOrchestratorActionTypeCase(),
        action.getId(),
        instance.id(),
        before.getEventTypeCase());
  }

  private static Instant latest(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
