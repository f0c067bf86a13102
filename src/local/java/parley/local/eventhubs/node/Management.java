package parley.local.eventhubs.node;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.proton.message.Message;
import parley.local.eventhubs.log.Extent;
import parley.local.eventhubs.log.Hub;
import parley.local.eventhubs.log.Partition;
import parley.local.eventhubs.sas.Claims;

/** Tells of hubs and partitions. */
final class Management implements RequestEnd.Service {

  private static final String HUB = "com.microsoft:eventhub";
  private static final String PARTITION = "com.microsoft:partition";

  private final Namespace namespace;
  private final Claims claims;

  Management(Namespace namespace, Claims claims) {
    this.namespace = namespace;
    this.claims = claims;
  }

  @Override
  public RequestEnd.Reply answer(Message request) {
    Map<String, Object> asked =
        request.getApplicationProperties() == null
            ? Map.of()
            : request.getApplicationProperties().getValue();
    String name = String.valueOf(asked.get("name"));
    try {
      requireToken(name, asked.get("security_token"));
      if (!"READ".equals(asked.get("operation"))) {
        return RequestEnd.Reply.refused(400, "amqp:not-implemented", "READ is all that is here.");
      }
      Hub hub = namespace.hub(name);
      Object type = asked.get("type");
      if (HUB.equals(type)) {
        return RequestEnd.Reply.ok(200, describe(hub));
      }
      if (PARTITION.equals(type)) {
        Partition partition = namespace.partition(hub, String.valueOf(asked.get("partition")));
        return RequestEnd.Reply.ok(200, describe(partition));
      }
      return RequestEnd.Reply.refused(400, "amqp:not-implemented", "Nothing here is a " + type);
    } catch (Refusal e) {
      int status = e.condition().equals("amqp:not-found") ? 404 : 401;
      return RequestEnd.Reply.refused(status, e.condition(), e.getMessage());
    }
  }

  private void requireToken(String hub, Object token) throws Refusal {
    String path = hub + "/$management";
    boolean allowed =
        claims.allow(path) || token instanceof String text && claims.allow(path, text);
    if (!allowed) {
      throw Refusal.unauthorized(path);
    }
  }

  private static Map<String, Object> describe(Hub hub) {
    String[] ids =
        hub.partitions().stream().map(p -> Integer.toString(p.number())).toArray(String[]::new);
    Map<String, Object> answer = new HashMap<>();
    answer.put("type", HUB);
    answer.put("name", hub.name());
    answer.put("created_at", Date.from(hub.createdAt()));
    answer.put("partition_count", ids.length);
    answer.put("partition_ids", ids);
    answer.put("georeplication_factor", 1);
    return answer;
  }

  private static Map<String, Object> describe(Partition partition) {
    Extent extent = partition.extent();
    Map<String, Object> answer = new HashMap<>();
    answer.put("type", PARTITION);
    answer.put("name", partition.hub());
    answer.put("partition", Integer.toString(partition.number()));
    answer.put("begin_sequence_number", extent.first());
    answer.put("last_enqueued_sequence_number", extent.last());
    answer.put("last_enqueued_offset", Long.toString(extent.lastOffset()));
    answer.put("last_enqueued_time_utc", new Date(extent.lastEnqueuedAt()));
    answer.put("is_partition_empty", extent.isEmpty());
    return answer;
  }
}
