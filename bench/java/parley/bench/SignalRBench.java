package parley.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.bench.load.IdleClients;
import parley.bench.load.Latencies;
import parley.local.signalr.SignalRService;
import parley.local.signalr.token.AccessKey;

/**
 * Thousands of clients that mostly wait, as players between their turns do: what they cost, and how
 * long a message to all of them, or to one, is on its way.
 */
final class SignalRBench {

  private static final String HUB = "bench";
  private static final String KEY = "the-key-of-the-bench-has-at-least-32-bytes";
  private static final int BROADCASTS = 20;
  private static final int MESSAGES = 2_000;
  private static final Duration PACE = Duration.ofMillis(2);

  private final int clients;
  private final Duration idle;
  private final PrintStream out;
  private final AccessKey key = new AccessKey(KEY);
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param clients as many connections, each of a user of its own
   * @param idle how long they are left alone
   */
  SignalRBench(int clients, Duration idle, PrintStream out) {
    this.clients = clients;
    this.idle = idle;
    this.out = out;
  }

  /** Measures one thing after the other; returns whether every client was there to the end. */
  boolean run() throws Exception {
    try (SignalRService service = SignalRService.start(0, KEY, Clock.systemUTC());
        IdleClients crowd = new IdleClients(service.port())) {
      connect(service, crowd, Math.min(200, clients), "warm-up-");
      long before = usedAfterGc();
      long began = System.nanoTime();
      connect(service, crowd, clients, "user-");
      out.printf("%,d clients, each with a token and a handshake%n", clients);
      out.printf(
          "  connected         in %.1f s, %,.0f/s%n", seconds(began), clients / seconds(began));
      out.printf(
          "  heap              %,d bytes a connection, both its ends; the process has %,d MB%n",
          (usedAfterGc() - before) / clients, resident());
      idle(crowd);
      broadcast(service, crowd);
      toOne(service, crowd);
      int lost = crowd.size() - crowd.open();
      out.printf("%nlost %,d of %,d connections%n", lost, crowd.size());
      return lost == 0;
    }
  }

  private void connect(SignalRService service, IdleClients crowd, int count, String prefix)
      throws IOException, InterruptedException {
    String url = "http://localhost:%d/client/?hub=%s".formatted(service.port(), HUB);
    for (int i = 0; i < count; i++) {
      Optional<String> user = Optional.of(prefix + i);
      String token = key.sign(url, user, Instant.now(), Duration.ofHours(1));
      crowd.connect("/client/?hub=" + HUB + "&access_token=" + token);
    }
    crowd.awaitHandshakes();
  }

  private void idle(IdleClients crowd) {
    long cpu = cpuNanos();
    long pings = crowd.pings();
    long began = System.nanoTime();
    LockSupport.parkNanos(idle.toNanos());
    // A park may end early.
    while (System.nanoTime() - began < idle.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    out.printf("%nleft alone for %d s, with pings both ways%n", idle.toSeconds());
    out.printf(
        "  pings heard       %,d, by %.1f %% of a processor for both ends%n",
        crowd.pings() - pings, 100.0 * (cpuNanos() - cpu) / (System.nanoTime() - began));
  }

  private void broadcast(SignalRService service, IdleClients crowd) throws Exception {
    Latencies latencies = new Latencies();
    for (int i = 0; i < BROADCASTS; i++) {
      crowd.expect(crowd.size());
      String id = "b" + i;
      latencies.began(id);
      post(service, "", id);
      crowd.awaitMessages();
      latencies.ended(id);
    }
    out.printf("%n%d broadcasts to %,d clients%n", BROADCASTS, crowd.size());
    report("until the last has it", latencies);
  }

  private void toOne(SignalRService service, IdleClients crowd) throws Exception {
    Latencies latencies = new Latencies();
    for (int i = 0; i < MESSAGES; i++) {
      String id = "m" + i;
      crowd.expect(1);
      latencies.began(id);
      post(service, "/users/user-" + (i * 7 % clients), id);
      crowd.awaitMessages();
      latencies.ended(id);
      LockSupport.parkNanos(PACE.toNanos());
    }
    out.printf("%n%,d messages, each to one of them, one after the other%n", MESSAGES);
    report("from POST to client", latencies);
  }

  private void post(SignalRService service, String path, String id) throws Exception {
    String url = "http://localhost:%d/api/v1/hubs/%s%s".formatted(service.port(), HUB, path);
    String token = key.sign(url, Optional.empty(), Instant.now(), Duration.ofHours(1));
    String body = "{\"target\":\"yourTurn\",\"arguments\":[\"" + id + "\"]}";
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 202) {
      throw new IOException("a message was answered with " + status);
    }
  }

  private void report(String what, Latencies latencies) {
    out.printf("  %-22s %s%n", what, latencies);
  }

  private static long usedAfterGc() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** In megabytes; 0 where there is no such file. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElse(0);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
