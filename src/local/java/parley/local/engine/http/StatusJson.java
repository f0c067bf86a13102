package parley.local.engine.http;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import parley.local.engine.turn.Instance;

/** An instance as the management API tells it. */
final class StatusJson {

  private StatusJson() {}

  static ObjectNode of(Instance instance, boolean showInput) {
    ObjectNode json = Payloads.object();
    json.put("name", instance.name());
    json.put("instanceId", instance.id());
    json.put("runtimeStatus", name(instance.status()));
    json.set("input", showInput ? Payloads.told(instance.input()) : NullNode.getInstance());
    json.set("customStatus", Payloads.told(instance.customStatus()));
    json.set("output", Payloads.told(output(instance)));
    json.put("createdTime", time(instance.createdAt()));
    json.put("lastUpdatedTime", time(instance.updatedAt()));
    return json;
  }

  /** The name of a status outside the protocol: {@code ContinuedAsNew}. */
  static String name(OrchestrationStatus status) {
    return switch (status) {
      case ORCHESTRATION_STATUS_RUNNING -> "Running";
      case ORCHESTRATION_STATUS_COMPLETED -> "Completed";
      case ORCHESTRATION_STATUS_CONTINUED_AS_NEW -> "ContinuedAsNew";
      case ORCHESTRATION_STATUS_FAILED -> "Failed";
      case ORCHESTRATION_STATUS_CANCELED -> "Canceled";
      case ORCHESTRATION_STATUS_TERMINATED -> "Terminated";
      case ORCHESTRATION_STATUS_PENDING -> "Pending";
      case ORCHESTRATION_STATUS_SUSPENDED -> "Suspended";
      case UNRECOGNIZED -> throw new IllegalArgumentException("no such status: " + status);
    };
  }

  private static String output(Instance instance) {
    return instance.output() == null && instance.failure() != null
        ? instance.failure().getErrorType() + ": " + instance.failure().getErrorMessage()
        : instance.output();
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
