package parley.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import parley.platform.Json;

/** A crowd at the trivia game: everybody listens, and at a steady pace somebody guesses. */
public final class TriviaLoad {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;
  private final String functionKey;
  private final Plan plan;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Latencies answers = new Latencies();
  private int accepted;
  private int late;

  /**
   * @param clients who listen, each on a connection of its own
   * @param guessesPerSecond of all together, each of a session of its own
   * @param clues after so many the game is stopped
   */
  public record Plan(int clients, int guessesPerSecond, int clues) {}

  /**
   * What has come of it.
   *
   * @param clues that were asked
   * @param cluesHeard by all clients together
   * @param cluesTwice how often a client heard of a clue again
   * @param guesses that were accepted
   * @param late those that came after their beat
   * @param guessesHeard by all clients together
   * @param answers how long guesses took to be answered
   * @param spreads from the first client that heard of a clue to the last, for each clue
   */
  public record Tally(
      int clients,
      int clues,
      long cluesHeard,
      int cluesTwice,
      int guesses,
      int late,
      long guessesHeard,
      Latencies answers,
      Latencies spreads) {

    /** Whether every client has heard of every clue and every guess, once. */
    public boolean isComplete() {
      return cluesHeard == (long) clients * clues
          && cluesTwice == 0
          && guessesHeard == (long) clients * guesses;
    }

    @Override
    public String toString() {
      return "%d clients: %d clues, heard %d times, again %d times; %d guesses, heard %d times; %d late"
          .formatted(clients, clues, cluesHeard, cluesTwice, guesses, guessesHeard, late);
    }
  }

  /**
   * @param port of the app's functions
   * @param functionKey what starts and stops the game
   */
  public TriviaLoad(int port, String functionKey, Plan plan) {
    this.port = port;
    this.functionKey = functionKey;
    this.plan = plan;
  }

  /** Plays one game from its start to its stop. */
  public Tally run() throws Exception {
    TriviaHearing hearing = new TriviaHearing(plan.clients());
    try (IdleClients crowd = connect(hearing)) {
      require(202, operate("HttpStartSingle"));
      await(() -> hearing.current() != null);
      guessOn(hearing);
      require(202, operate("trivia/stop"));
      await(
          () ->
              hearing.cluesHeard() >= (long) plan.clients() * hearing.clues()
                  && hearing.guessesHeard() >= (long) plan.clients() * accepted);
      if (crowd.open() != plan.clients()) {
        throw new IOException(crowd.open() + " clients are left");
      }
    }
    return new Tally(
        plan.clients(),
        hearing.clues(),
        hearing.cluesHeard(),
        hearing.cluesTwice(),
        accepted,
        late,
        hearing.guessesHeard(),
        answers,
        hearing.spreads());
  }

  private IdleClients connect(TriviaHearing hearing) throws Exception {
    IdleClients crowd = null;
    for (int i = 0; i < plan.clients(); i++) {
      JsonNode info = Json.read(require(200, post("SignalRInfo", null)).body(), JsonNode.class);
      URI url = URI.create(info.path("url").textValue());
      if (crowd == null) {
        crowd = new IdleClients(url.getPort());
      }
      int client = i;
      crowd.connect(
          url.getPath()
              + "?"
              + url.getQuery()
              + "&access_token="
              + info.path("accessToken").textValue(),
          message -> hearing.hear(client, message));
    }
    crowd.awaitHandshakes();
    return crowd;
  }

  /** Until there were enough clues; returns when every guess is answered. */
  private void guessOn(TriviaHearing hearing) throws Exception {
    String game = UUID.randomUUID().toString();
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    long pace = TimeUnit.SECONDS.toNanos(1) / plan.guessesPerSecond();
    long next = System.nanoTime();
    while (hearing.clues() < plan.clues()) {
      LockSupport.parkNanos(next - System.nanoTime());
      if (System.nanoTime() >= next) {
        next += pace;
        sent.add(guess(game + "." + sent.size(), hearing.current()));
      }
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> guess(String session, String clueId) {
    String body =
        Json.write(Map.of("sessionId", session, "clueId", clueId, "value", "nobody knows"));
    long began = System.nanoTime();
    return http.sendAsync(request("SubmitGuess", body).build(), BodyHandlers.ofString())
        .thenAccept(answer -> answered(answer, System.nanoTime() - began));
  }

  private synchronized void answered(HttpResponse<String> answer, long nanos) {
    if (answer.statusCode() == 409) {
      late++;
      return;
    }
    require(200, answer);
    accepted++;
    answers.add(nanos);
  }

  private HttpResponse<String> operate(String route) throws Exception {
    return http.send(
        request(route, null).header("x-functions-key", functionKey).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String route, String body) throws Exception {
    return http.send(request(route, body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String route, String body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/" + route))
        .timeout(PATIENCE)
        .POST(body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> require(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          "%s answered %d: %s"
              .formatted(answer.uri().getPath(), answer.statusCode(), answer.body()));
    }
    return answer;
  }

  /** Until it is so, or for as long as there is patience; what is missing, the tally tells. */
  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
