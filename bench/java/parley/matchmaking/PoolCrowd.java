package parley.matchmaking;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.matchmaking.ServerPool.Server;
import parley.matchmaking.ServerPool.State;

/** The players and servers of a storm, whom all its threads act for at once. */
final class PoolCrowd {

  private static final int PLAYERS = 300;
  private static final int SERVERS = 48;
  private static final Map<String, Integer> CAPACITIES =
      Map.of("mode=duel", 2, "mode=three", 3, "mode=four", 4, "mode=seven", 7, "mode=crowd", 16);
  private static final List<String> BUCKETS = CAPACITIES.keySet().stream().sorted().toList();

  private final List<UUID> players;
  private final List<UUID> servers;
  private final AtomicReferenceArray<MatchRequest> tickets = new AtomicReferenceArray<>(PLAYERS);
  private final Map<String, UUID> sessions = new ConcurrentHashMap<>();

  /** Sessions whose hand-over was sent, and the word that it was is under way. */
  final Queue<UUID> sent = new ConcurrentLinkedQueue<>();

  /** Sessions whose players were told. */
  final Queue<UUID> done = new ConcurrentLinkedQueue<>();

  PoolCrowd(Random random) {
    players = ids(PLAYERS, random);
    servers = ids(SERVERS, random);
  }

  static int capacity(String bucket) {
    return CAPACITIES.getOrDefault(bucket, 0);
  }

  static List<String> buckets() {
    return BUCKETS;
  }

  static UUID id(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  int players() {
    return PLAYERS;
  }

  int anyone(Random random) {
    return random.nextInt(PLAYERS);
  }

  UUID player(int number) {
    return players.get(number);
  }

  /** The last ticket of a player that was taken; null if there is none yet. */
  MatchRequest ticket(int player) {
    return tickets.get(player);
  }

  void took(int player, MatchRequest ticket) {
    tickets.set(player, ticket);
  }

  UUID server(Random random) {
    return servers.get(random.nextInt(SERVERS));
  }

  List<Server> allServers(State state) {
    return servers.stream().map(server -> server(server, state)).toList();
  }

  Server server(UUID id, State state) {
    return new Server(id, address(id), state);
  }

  /** A server was given to a session. */
  void gave(String address, UUID session) {
    sessions.put(address, session);
  }

  /** The session that a server was given to last; null if there is none. */
  UUID session(UUID server) {
    return sessions.get(address(server));
  }

  private String address(UUID server) {
    int number = servers.indexOf(server);
    return "203.0.113.%d:7777".formatted(number);
  }

  private static List<UUID> ids(int count, Random random) {
    return IntStream.range(0, count).boxed().flatMap(i -> Stream.of(id(random))).toList();
  }
}
