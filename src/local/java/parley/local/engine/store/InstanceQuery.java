package parley.local.engine.store;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which instances are asked for. What is null, or empty, is not asked about.
 *
 * @param createdFrom inclusive
 * @param createdTo inclusive
 * @param after an instance id: only those with a greater one
 * @param limit how many at most, at least 1
 */
public record InstanceQuery(
    Set<OrchestrationStatus> statuses,
    Instant createdFrom,
    Instant createdTo,
    String idPrefix,
    String after,
    int limit) {

  public InstanceQuery {
    statuses = Set.copyOf(statuses);
    if (limit < 1) {
      throw new IllegalArgumentException("a page holds at least 1 instance, got " + limit);
    }
  }

  /** The same, from behind this instance on. */
  public InstanceQuery from(String id) {
    return new InstanceQuery(statuses, createdFrom, createdTo, idPrefix, id, limit);
  }

  /** The condition in SQL, with {@link #values} for its question marks. */
  String where() {
    List<String> conditions = new ArrayList<>(List.of("id > ?"));
    if (!statuses.isEmpty()) {
      conditions.add(
          statuses.stream()
              .map(status -> Integer.toString(status.getNumber()))
              .sorted()
              .collect(Collectors.joining(", ", "status IN (", ")")));
    }
    if (createdFrom != null) {
      conditions.add("created_at >= ?");
    }
    if (createdTo != null) {
      conditions.add("created_at <= ?");
    }
    if (idPrefix != null) {
      conditions.add("substr(id, 1, length(?)) = ?");
    }
    return " WHERE " + String.join(" AND ", conditions);
  }

  Object[] values() {
    List<Object> values = new ArrayList<>();
    values.add(after == null ? "" : after);
    if (createdFrom != null) {
      values.add(createdFrom.toEpochMilli());
    }
    if (createdTo != null) {
      values.add(createdTo.toEpochMilli());
    }
    if (idPrefix != null) {
      values.add(idPrefix);
      values.add(idPrefix);
    }
    return values.toArray();
  }
}
