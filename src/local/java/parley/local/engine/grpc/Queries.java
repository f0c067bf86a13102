package parley.local.engine.grpc;

import com.google.protobuf.StringValue;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationState;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.PurgeInstanceFilter;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.QueryInstancesResponse;
import java.util.HashSet;
import java.util.Optional;
import parley.local.engine.store.InstanceQuery;
import parley.local.engine.store.Page;
import parley.local.engine.turn.Instance;
import parley.local.engine.turn.Protos;

/** Between the protocol's questions about many instances and the hub's. */
final class Queries {

  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** A gRPC client takes 4 MB unless it is told otherwise, and one instance more may be large. */
  private static final int MOST_BYTES = 2 * 1024 * 1024;

  private Queries() {}

  static InstanceQuery of(OrchestratorService.InstanceQuery query) {
    int asked = query.getMaxInstanceCount();
    return new InstanceQuery(
        new HashSet<>(query.getRuntimeStatusList()),
        query.hasCreatedTimeFrom() ? Protos.instant(query.getCreatedTimeFrom()) : null,
        query.hasCreatedTimeTo() ? Protos.instant(query.getCreatedTimeTo()) : null,
        Protos.text(query.hasInstanceIdPrefix(), query.getInstanceIdPrefix()),
        Protos.text(query.hasContinuationToken(), query.getContinuationToken()),
        asked > 0 ? Math.min(asked, LARGEST_PAGE) : PAGE);
  }

  static InstanceQuery of(PurgeInstanceFilter filter) {
    return new InstanceQuery(
        new HashSet<>(filter.getRuntimeStatusList()),
        filter.hasCreatedTimeFrom() ? Protos.instant(filter.getCreatedTimeFrom()) : null,
        filter.hasCreatedTimeTo() ? Protos.instant(filter.getCreatedTimeTo()) : null,
        null,
        null,
        PAGE);
  }

  /** A page, or as much of it as one message has room for; the rest is on the next. */
  static QueryInstancesResponse answer(Page page, boolean payloads) {
    QueryInstancesResponse.Builder response = QueryInstancesResponse.newBuilder();
    Optional<String> next = page.next();
    int bytes = 0;
    String last = null;
    for (Instance instance : page.instances()) {
      OrchestrationState state = instance.toState(payloads);
      bytes += state.getSerializedSize();
      if (last != null && bytes > MOST_BYTES) {
        next = Optional.of(last);
        break;
      }
      response.addOrchestrationState(state);
      last = instance.id();
    }
    next.map(StringValue::of).ifPresent(response::setContinuationToken);
    return response.build();
  }
}
