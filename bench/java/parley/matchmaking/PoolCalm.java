package parley.matchmaking;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.PoolStats.ServerStats;
import parley.matchmaking.ServerPool.State;
import parley.platform.Json;

/**
 * The end of a storm: all that is owed is done, and there are servers enough. Then nobody may wait
 * who has partners, and no server may be missing.
 */
final class PoolCalm {

  private final PoolStorm.Pools pools;
  private final PoolCrowd crowd;
  private final Court court;

  PoolCalm(PoolStorm.Pools pools, PoolCrowd crowd, Court court) {
    this.pools = pools;
    this.crowd = crowd;
    this.court = court;
  }

  /** Tells the court what is wrong then. */
  void settle() {
    SessionPool sessions = pools.sessions();
    // The second time for those whom the first has left with a ticket of another's.
    seekAll();
    seekAll();
    for (int quiet = 0; quiet < 2 && court.holds(); ) {
      pools.clock().advance(Duration.ofSeconds(21));
      pools.servers().sweep();
      crowd.allServers(State.FREE).forEach(this::free);
      List<String> due = sessions.handOver().handOvers();
      List<UUID> told =
          due.stream().map(event -> Json.read(event, MatchMade.class).sessionId()).toList();
      sessions.handedOver(told);
      quiet = due.isEmpty() ? quiet + 1 : 0;
    }
    sessions.check().forEach(court::accuse);
    for (String bucket : PoolCrowd.buckets()) {
      long depth = court.model().depth(bucket);
      if (depth >= PoolCrowd.capacity(bucket)) {
        court.accuse("in " + bucket + " " + depth + " wait, who are enough for a session");
      }
    }
    ServerStats servers = pools.stats().read().servers();
    ServerStats expected = new ServerStats(crowd.allServers(State.FREE).size(), 0, 0, 0);
    if (!servers.equals(expected)) {
      court.accuse("servers should be " + expected + ", are " + servers);
    }
  }

  private void seekAll() {
    for (int player = 0; player < crowd.players(); player++) {
      MatchRequest ticket = crowd.ticket(player);
      if (ticket != null && court.model().ending(ticket.ticketId()) == null) {
        pools.tickets().seek(ticket);
      }
    }
  }

  /** As one that has no players any longer. */
  private void free(ServerPool.Server server) {
    if (pools.servers().heartbeat(server.id(), State.FREE, null).isEmpty()) {
      pools.servers().add(List.of(server));
    }
  }
}
