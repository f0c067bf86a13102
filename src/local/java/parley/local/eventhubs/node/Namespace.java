package parley.local.eventhubs.node;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.zip.CRC32;
import parley.local.eventhubs.log.EventLog;
import parley.local.eventhubs.log.Hub;
import parley.local.eventhubs.log.Partition;
import parley.local.eventhubs.net.Peer;
import parley.local.eventhubs.sas.Claims;
import parley.local.eventhubs.sas.SasKey;

/** All hubs, and who is at them now. On the loop's thread. */
public final class Namespace implements Peer.Factory {

  private final EventLog log;
  private final SasKey key;
  private final Executor loop;
  private final Epochs epochs = new Epochs();
  private final Map<Partition, Set<FeedEnd>> feeds = new HashMap<>();
  private final Map<Hub, Integer> turns = new HashMap<>();

  /**
   * @param loop runs what is to be done on the loop's thread
   */
  public Namespace(EventLog log, SasKey key, Executor loop) {
    this.log = log;
    this.key = key;
    this.loop = loop;
    log.onChange(partition -> loop.execute(() -> changed(partition)));
  }

  @Override
  public Peer peer(Runnable again) {
    return new Client(this, new Claims(key, Clock.systemUTC()), again);
  }

  EventLog log() {
    return log;
  }

  Executor loop() {
    return loop;
  }

  Epochs epochs() {
    return epochs;
  }

  /** Finds a hub, or refuses it by name. */
  Hub hub(String name) throws Refusal {
    return log.hub(name).orElseThrow(() -> Refusal.unknownHub(name, log.names()));
  }

  /** Finds a partition of a hub, or refuses it by name. */
  Partition partition(Hub hub, String id) throws Refusal {
    return hub.partition(id)
        .orElseThrow(
            () ->
                Refusal.notFound(
                    hub.name() + "/Partitions/" + id,
                    "the hub has the partitions 0 to " + (hub.partitions().size() - 1)));
  }

  /** The partition for a key, always the same; without a key each in turn. */
  Partition partitionFor(Hub hub, String partitionKey) {
    int count = hub.partitions().size();
    if (partitionKey == null) {
      return hub.partitions().get(Math.floorMod(turns.merge(hub, 1, Integer::sum), count));
    }
    CRC32 hash = new CRC32();
    hash.update(partitionKey.getBytes(StandardCharsets.UTF_8));
    return hub.partitions().get((int) (hash.getValue() % count));
  }

  /** Wakes this one whenever the partition grows. */
  void follow(Partition partition, FeedEnd feed) {
    feeds.computeIfAbsent(partition, p -> new LinkedHashSet<>()).add(feed);
  }

  void unfollow(Partition partition, FeedEnd feed) {
    feeds.getOrDefault(partition, Set.of()).remove(feed);
  }

  private void changed(Partition partition) {
    feeds.getOrDefault(partition, Set.of()).forEach(FeedEnd::wake);
  }
}
