package parley.bench.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import parley.bench.load.IdleClient;
import parley.bench.load.IdleClients;
import parley.platform.Json;

/** The players with their connections and devices: what reaches them, and what they do then. */
final class Players implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Api api;
  private final Clock clock;
  private final ExecutorService threads;
  private final Map<String, Person> byPhone = new ConcurrentHashMap<>();
  private final Map<IdleClient, Person> byClient = new ConcurrentHashMap<>();
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private IdleClients connections;
  private long pushesSeen;

  /**
   * @param clock what clients compare the end of a message with
   * @param threads for what players do
   */
  Players(Api api, Clock clock, ExecutorService threads) {
    this.api = api;
    this.clock = clock;
    this.threads = threads;
  }

  /** One more, with a device. */
  Person signIn(Kind kind) {
    Person person = api.signIn(kind);
    api.register(person);
    byPhone.put(person.phone(), person);
    return person;
  }

  /**
   * Has a game of these two begin. A half-open client is lost after the handshake, before anything
   * happens.
   */
  Table begin(Person one, Person other) throws Exception {
    for (Person person : List.of(one, other)) {
      if (person.kind().connects()) {
        connect(person);
      }
    }
    JsonNode session = api.start(one, other);
    boolean oneBegins = session.path("currentPlayerId").asText().equals(one.id());
    String id = session.path("sessionId").asText();
    return tables.computeIfAbsent(
        id, key -> new Table(key, oneBegins ? one : other, oneBegins ? other : one));
  }

  private void connect(Person person) throws Exception {
    URI uri = api.negotiate(person);
    IdleClient client =
        connections(uri.getPort())
            .connect(uri.getRawPath() + "?" + uri.getRawQuery(), text -> told(person, text));
    byClient.put(client, person);
    await("a handshake", client::isGreeted, () -> LockSupport.parkNanos(LOOK_NANOS));
    if (person.kind() == Kind.HALF_OPEN) {
      connections.freeze(client);
    }
  }

  private synchronized IdleClients connections(int port) throws Exception {
    if (connections == null) {
      connections = new IdleClients(port);
    }
    return connections;
  }

  private void told(Person person, String text) {
    JsonNode message = Json.read(text, JsonNode.class).path("arguments").path(0);
    String id = message.path("id").asText();
    Instant expiresAt = Instant.parse(message.path("expiresAt").asText());
    Person.Reaction reaction = person.told(id, expiresAt, clock.instant());
    if (reaction != Person.Reaction.IGNORE) {
      inBackground(
          () -> {
            api.received(person, id);
            person.acknowledged(id);
          });
    }
    if (reaction == Person.Reaction.SHOW) {
      read(person, message.path("kind").asText(), message.path("sessionId").asText());
    }
  }

  /** Takes what has been pushed since the last look; for one thread. */
  void readPushes() {
    JsonNode pushes = api.pushes(pushesSeen);
    for (JsonNode push : pushes) {
      pushesSeen = push.path("number").asLong();
      JsonNode data = push.path("data");
      for (JsonNode phone : push.path("installations")) {
        Person person = byPhone.get(phone.asText());
        if (person != null && person.pushed(data.path("id").asText())) {
          read(person, data.path("kind").asText(), data.path("sessionId").asText());
        }
      }
    }
  }

  /** A player has read what is on the screen. */
  private void read(Person person, String kind, String sessionId) {
    if (kind.equals("yourTurn")) {
      inBackground(
          () -> {
            // It may be there before the answer to the request that began the game.
            await(
                "a game", () -> tables.containsKey(sessionId), () -> LockSupport.parkNanos(1_000));
            if (tables.get(sessionId).takesTurn(person)) {
              api.move(person, sessionId, 4);
            }
          });
    }
  }

  private interface Errand {
    void run() throws Exception;
  }

  private void inBackground(Errand errand) {
    threads.submit(
        () -> {
          try {
            errand.run();
          } catch (Exception e) {
            failure.compareAndSet(null, e);
          }
        });
  }

  /** Whether all of a kind have been shown everything, and have said so. */
  boolean over(Kind kind) {
    return tables.values().stream()
        .filter(table -> table.first().kind() == kind)
        .allMatch(
            table -> table.isOver() && table.first().hasSaidAll() && table.second().hasSaidAll());
  }

  /** Whether everybody has been shown everything. */
  boolean allOver() {
    return tables.values().stream().allMatch(Table::isOver);
  }

  /** The half-open clients read what lies in their sockets. */
  void wakeUp() throws Exception {
    Map<IdleClient, Person> sleepers = new HashMap<>(byClient);
    sleepers.values().removeIf(person -> person.kind() != Kind.HALF_OPEN);
    sleepers.keySet().forEach(connections::thaw);
    await(
        "half-open clients to read",
        () ->
            sleepers.entrySet().stream()
                .allMatch(one -> one.getKey().isLost() || hasReadAll(one.getValue())),
        () -> LockSupport.parkNanos(LOOK_NANOS));
  }

  /** Whether it has found in its socket all that it was told by a push before. */
  private static boolean hasReadAll(Person person) {
    return person.late() + person.again() >= person.shown().size();
  }

  /** Waits, two minutes at most; fails if a player could not do something. */
  void await(String what, BooleanSupplier condition, Runnable meanwhile) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (failure.get() != null) {
        throw failure.get();
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      meanwhile.run();
    }
  }

  @Override
  public void close() throws IOException {
    if (connections != null) {
      connections.close();
    }
  }
}
