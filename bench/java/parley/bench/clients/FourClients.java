package parley.bench.clients;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * As many players of each kind, in games against their like, and whether each is shown everything
 * exactly once: by the connection if it says so, else by a push.
 */
public final class FourClients implements AutoCloseable {

  private static final int THREADS = 12;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Site site;
  private final Plan plan;
  private final Api api;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Players players;

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
    this.players = new Players(api, site.clock(), threads);
  }

  /** Plays, looks into every inbox, and tells what each kind has been shown. */
  public Tally run() throws Exception {
    List<Person> people = signIn();
    play(people);
    // Until the last receipt of who is online is there, no time need pass.
    players.await("online players to be told", () -> players.over(Kind.ONLINE), this::look);
    players.await("the others to be pushed to", players::allOver, this::pass);
    Map<Person, JsonNode> inboxes = inboxes(people);
    players.wakeUp();
    players.readPushes();
    return Tally.of(people, inboxes);
  }

  private List<Person> signIn() throws Exception {
    List<Callable<Person>> all = new ArrayList<>();
    for (int i = 0; i < plan.players(); i++) {
      for (Kind kind : Kind.values()) {
        all.add(() -> players.signIn(kind));
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
        begun.add(threads.submit(() -> players.begin(one, other)));
        next += plan.between().toNanos();
        while (System.nanoTime() < next) {
          look();
        }
      }
    }
    for (Future<?> one : begun) {
      one.get();
    }
  }

  private void look() {
    players.readPushes();
    LockSupport.parkNanos(LOOK_NANOS);
  }

  private void pass() {
    site.pass().run();
    players.readPushes();
  }

  private Map<Person, JsonNode> inboxes(List<Person> people) throws Exception {
    Map<Person, JsonNode> inboxes = new HashMap<>();
    for (Person person : people) {
      players.await(
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

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    players.close();
  }
}
