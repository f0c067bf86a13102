package parley.matchmaking;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.platform.Redis;
import parley.platform.RedisScript;

/**
 * The game servers that can host a session, in Redis. A server is free, in use or lost; it is lost
 * when it was not heard of within its lease.
 */
public final class ServerPool {

  private static final RedisScript ADD = RedisScript.of("pool", "add_servers");
  private static final RedisScript HEARTBEAT = RedisScript.of("pool", "heartbeat");
  private static final RedisScript RETIRE = RedisScript.of("pool", "retire");
  private static final RedisScript SWEEP = RedisScript.of("pool", "sweep_servers");

  /** How long a lost server may still come back as the one that it was. */
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final Redis redis;
  private final Clock clock;
  private final Duration lease;
  private final Duration grace;

  /**
   * @param lease how long a server is believed to be there after it was heard of
   * @param grace how long a server that was just given to a session may say that it is free because
   *     it has not met the players yet
   */
  public ServerPool(Redis redis, Clock clock, Duration lease, Duration grace) {
    this.redis = redis;
    this.clock = clock;
    this.lease = lease;
    this.grace = grace;
  }

  /** What a server says of itself. */
  enum State {
    FREE("free"),
    IN_USE("inUse");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** Empty for any other text. */
    static Optional<State> of(String text) {
      return List.of(values()).stream().filter(state -> state.text.equals(text)).findFirst();
    }
  }

  /**
   * A game server.
   *
   * @param address {@code host:port}
   */
  record Server(UUID id, String address, State state) {}

  /** What the pool holds of a server; {@code sessionId} is null if it serves none that it knows. */
  record Held(State state, UUID sessionId) {}

  /** Registers servers; of one that is known, takes the address and the word that it is free. */
  void add(List<Server> servers) {
    List<String> arguments = times();
    for (Server server : servers) {
      arguments.add(server.id().toString());
      arguments.add(server.address());
      arguments.add(server.state().text());
    }
    redis.run(ADD, arguments);
  }

  /**
   * Renews a server's lease and takes its word.
   *
   * @param sessionId the session that it is done with, so that it is believed at once; or null
   * @return what it is now; empty for an unknown server
   */
  Optional<Held> heartbeat(UUID server, State state, UUID sessionId) {
    List<String> arguments = times();
    arguments.add(server.toString());
    arguments.add(state.text());
    arguments.add(sessionId == null ? "" : sessionId.toString());
    List<?> answer = (List<?>) redis.run(HEARTBEAT, arguments);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    String session = (String) answer.get(1);
    return Optional.of(
        new Held(
            State.of((String) answer.get(0)).orElseThrow(),
            session.isEmpty() ? null : UUID.fromString(session)));
  }

  /** Forgets a server; false for an unknown one. */
  boolean retire(UUID server) {
    return (Long) redis.run(RETIRE, List.of(server.toString())) == 1;
  }

  /** Takes out servers that were not heard of. */
  void sweep() {
    String now = UnixTime.of(clock.instant());
    redis.run(SWEEP, List.of(now, Long.toString(FORGOTTEN.toSeconds())));
  }

  private List<String> times() {
    return new ArrayList<>(
        List.of(UnixTime.of(clock.instant()), UnixTime.of(lease), UnixTime.of(grace)));
  }
}
