package parley.bench.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import parley.bench.load.IdleClient;
import parley.bench.load.IdleClients;
import parley.platform.Json;

/**
 * As many players of each kind, in games against their like, and whether each is shown everything
 * exactly once: by the connection if it says so, else by a push.
 */
public final class FourClients implements AutoCloseable {

  private static final int THREADS = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Site site;
  private final Plan plan;
  private final Api api;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Map<String, Person> byPhone = new ConcurrentHashMap<>();
  private final Map<IdleClient, Person> byClient = new ConcurrentHashMap<>();
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private IdleClients connections;
  private long pushesSeen;

  /**
   * The app.
   *
   * @param http the port of its functions
   * @param push the port of its notification hub
   * @param clock what clients compare the end of a message with
   * @param pass called again and again while a push is waited for
   */
  public record Site(int http, int push, Clock clock, Runnable pass) {}

  /**
   * How much of it.
   *
   * @param players of each kind; an even number
   * @param between two games that begin
   */
  public record Plan(int players, Duration between) {}

  public FourClients(Site site, Plan plan) {
    this.site = site;
    this.plan = plan;
    this.api = new Api(site.http(), site.push());
  }

  /** Plays, looks into every inbox, and tells what each kind has been shown. */
  public Tally run() throws Exception {
    List<Person> people = signIn();
    try {
      play(people);
      // Until the last receipt of who is online is there, no time need pass.
      await("online players to be told", () -> over(Kind.ONLINE), this::look);
      await("the others to be pushed to", this::allOver, site.pass());
      Map<Person, JsonNode> inboxes = inboxes(people);
      wakeUp();
      readPushes();
      return Tally.of(people, inboxes);
    } finally {
      if (connections != null) {
        connections.close();
      }
    }
  }

  private List<Person> signIn() throws Exception {
    List<Callable<Person>> all = new ArrayList<>();
    for (int i = 0; i < plan.players(); i++) {
      for (Kind kind : Kind.values()) {
        all.add(
            () -> {
              Person person = api.signIn(kind);
              api.register(person);
              byPhone.put(person.phone(), person);
              return person;
            });
      }
    }
    List<Person> people = new ArrayList<>();
    for (Future<Person> one : threads.invokeAll(all)) {
      people.add(one.get());
    }
    return people;
  }

  /** Has a game begin for each two of a kind, one after the other. */
  private void play(List<Person> people) throws Exception {
    int kinds = Kind.values().length;
    List<Future<?>> begun = new ArrayList<>();
    long next = System.nanoTime();
    for (int i = 0; i < people.size(); i += 2 * kinds) {
      for (int kind = 0; kind < kinds; kind++) {
        Person one = people.get(i + kind);
        Person other = people.get(i + kinds + kind);
        begun.add(threads.submit(() -> begin(one, other)));
        next += plan.between().toNanos();
        while (System.nanoTime() < next) {
          readPushes();
          LockSupport.parkNanos(Math.min(LOOK_NANOS, Math.max(1, next - System.nanoTime())));
        }
      }
    }
    for (Future<?> one : begun) {
      one.get();
    }
  }

  /** A half-open client is lost after the handshake, before anything happens. */
  private Table begin(Person one, Person other) throws Exception {
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
    await("a handshake", client::isGreeted, () -> LockSupport.parkNanos(LOOK_NANOS / 20));
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
    Person.Reaction reaction = person.told(id, expiresAt, site.clock().instant());
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

  private void look() {
    readPushes();
    LockSupport.parkNanos(LOOK_NANOS);
  }

  /** Takes what has been pushed since the last look. */
  private void readPushes() {
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

  private boolean over(Kind kind) {
    return tables.values().stream()
        .filter(table -> table.first().kind() == kind)
        .allMatch(
            table -> table.isOver() && table.first().hasSaidAll() && table.second().hasSaidAll());
  }

  private boolean allOver() {
    readPushes();
    return tables.values().stream().allMatch(Table::isOver);
  }

  private Map<Person, JsonNode> inboxes(List<Person> people) throws Exception {
    Map<Person, JsonNode> inboxes = new ConcurrentHashMap<>();
    for (Person person : people) {
      await(
          "an inbox in which nothing is under way",
          () -> isSettled(inboxes.compute(person, (key, old) -> api.inbox(key))),
          site.pass());
    }
    return inboxes;
  }

  private static boolean isSettled(JsonNode inbox) {
    for (JsonNode entry : inbox) {
      if (!List.of("received", "pushed", "dropped").contains(entry.path("status").asText())) {
        return false;
      }
    }
    return true;
  }

  /** The half-open clients read what lies in their sockets. */
  private void wakeUp() throws Exception {
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

  private void await(String what, BooleanSupplier condition, Runnable meanwhile) throws Exception {
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
  public void close() {
    threads.shutdownNow();
  }
}
