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
  private final AtomicReferenceArray<UUID> servers = new AtomicReferenceArray<>(SERVERS);
  private final AtomicReferenceArray<MatchRequest> tickets = new AtomicReferenceArray<>(PLAYERS);
  private final Map<String, UUID> sessions = new ConcurrentHashMap<>();

  /** Sessions whose hand-over was sent, and the word that it was is under way. */
  final Queue<UUID> sent = new ConcurrentLinkedQueue<>();

  /** Sessions whose players were told. */
  final Queue<UUID> done = new ConcurrentLinkedQueue<>();

  PoolCrowd(Random random) {
    players = IntStream.range(0, PLAYERS).mapToObj(i -> id(random)).toList();
    IntStream.range(0, SERVERS).forEach(i -> restart(i, random));
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

  int anyServer(Random random) {
    return random.nextInt(SERVERS);
  }

  /** A server calls itself by another id from now on. */
  void restart(int server, Random random) {
    servers.set(server, id(random));
  }

  List<Server> allServers(State state) {
    return IntStream.range(0, SERVERS).mapToObj(i -> server(i, state)).toList();
  }

  Server server(int number, State state) {
    return new Server(servers.get(number), address(number), state);
  }

  /** A server was given to a session. */
  void gave(String address, UUID session) {
    sessions.put(address, session);
  }

  /** The session that a server was given to last; null if there is none. */
  UUID session(int server) {
    return sessions.get(address(server));
  }

  private static String address(int server) {
    return "203.0.113.%d:7777".formatted(server);
  }
}
