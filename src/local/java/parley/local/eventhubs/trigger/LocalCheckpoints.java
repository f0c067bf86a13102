package parley.local.eventhubs.trigger;

import com.azure.messaging.eventhubs.CheckpointStore;
import com.azure.messaging.eventhubs.models.Checkpoint;
import com.azure.messaging.eventhubs.models.PartitionOwnership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import parley.local.eventhubs.log.EventLog;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where processors keep how far they have come: on disk, beside the events. Who reads which
 * partition is kept in memory only, because all who read are in this process: after a restart
 * nobody has to wait until the claims of the last run are over.
 */
public final class LocalCheckpoints implements CheckpointStore {

  private final EventLog log;
  private final Map<Claimed, PartitionOwnership> owners = new ConcurrentHashMap<>();

  public LocalCheckpoints(EventLog log) {
    this.log = log;
  }

  private record Claimed(String namespace, String hub, String group, String partition) {}

  @Override
  public Flux<PartitionOwnership> listOwnership(String namespace, String hub, String group) {
    return Flux.defer(
        () ->
            Flux.fromIterable(
                owners.entrySet().stream()
                    .filter(entry -> entry.getKey().namespace().equals(namespace))
                    .filter(entry -> entry.getKey().hub().equals(hub))
                    .filter(entry -> entry.getKey().group().equals(group))
                    .map(Map.Entry::getValue)
                    .toList()));
  }

  /** Grants those claims whose tag is that of the present owner, as the SDK demands. */
  @Override
  public Flux<PartitionOwnership> claimOwnership(List<PartitionOwnership> wanted) {
    return Flux.defer(
        () -> {
          List<PartitionOwnership> granted = new ArrayList<>();
          for (PartitionOwnership claim : wanted) {
            owners.compute(
                key(claim),
                (key, present) -> {
                  String tag = present == null ? null : present.getETag();
                  if (!Objects.equals(tag, claim.getETag())) {
                    return present;
                  }
                  PartitionOwnership owner = granted(claim);
                  granted.add(owner);
                  return owner;
                });
          }
          return Flux.fromIterable(granted);
        });
  }

  @Override
  public Flux<Checkpoint> listCheckpoints(String namespace, String hub, String group) {
    return Mono.fromFuture(() -> log.checkpoints(namespace, hub, group))
        .flatMapMany(Flux::fromIterable);
  }

  /** Completes once it is on disk. */
  @Override
  public Mono<Void> updateCheckpoint(Checkpoint checkpoint) {
    return Mono.fromFuture(() -> log.save(checkpoint));
  }

  private static Claimed key(PartitionOwnership claim) {
    return new Claimed(
        claim.getFullyQualifiedNamespace(),
        claim.getEventHubName(),
        claim.getConsumerGroup(),
        claim.getPartitionId());
  }

  private static PartitionOwnership granted(PartitionOwnership claim) {
    return new PartitionOwnership()
        .setFullyQualifiedNamespace(claim.getFullyQualifiedNamespace())
        .setEventHubName(claim.getEventHubName())
        .setConsumerGroup(claim.getConsumerGroup())
        .setPartitionId(claim.getPartitionId())
        .setOwnerId(claim.getOwnerId())
        .setLastModifiedTime(System.currentTimeMillis())
        .setETag(UUID.randomUUID().toString());
  }
}
