package parley.bench;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import parley.local.engine.DurableEngine;
import parley.local.engine.run.Worker;

/** An engine on a store of its own, and the SDK's client to it. */
final class BenchHub implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path store;
  private final DurableEngine engine;
  private final DurableTaskClient client;

  BenchHub(Path folder, Worker worker) throws IOException {
    store = folder;
    engine =
        DurableEngine.start(
            new DurableEngine.Options(folder.resolve("hub.db"), 0, Clock.systemUTC()), worker);
    client = new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build();
  }

  DurableTaskClient client() {
    return client;
  }

  void start(String orchestrator, Object input, String id) {
    start(orchestrator, input, id, null);
  }

  /**
   * Starts an instance.
   *
   * @param due when it is to begin, or null for at once
   */
  void start(String orchestrator, Object input, String id, Instant due) {
    client.scheduleNewOrchestrationInstance(
        orchestrator,
        new NewOrchestrationInstanceOptions().setInstanceId(id).setInput(input).setStartTime(due));
  }

  /** Waits for the end of an instance, which must be a good one. */
  void completed(String id) throws TimeoutException {
    OrchestrationMetadata end = client.waitForInstanceCompletion(id, PATIENCE, false);
    if (end.getRuntimeStatus() != OrchestrationRuntimeStatus.COMPLETED) {
      throw new IllegalStateException(id + " ended as " + end.getRuntimeStatus());
    }
  }

  /**
   * Has so many callers at once each take one number after the other, from 0 to {@code count}.
   *
   * @throws IllegalStateException if one of them failed, or they have not ended in time
   */
  void callers(int callers, int count, Call call) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(callers);
    for (int i = 0; i < callers; i++) {
      pool.submit(
          () -> {
            for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
              call.with(n);
            }
            return ended.incrementAndGet();
          });
    }
    pool.shutdown();
    boolean inTime = pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    pool.shutdownNow();
    if (!inTime || ended.get() < callers) {
      throw new IllegalStateException(ended.get() + " of " + callers + " callers came to an end");
    }
  }

  /** What one caller does with one number. */
  interface Call {
    void with(int n) throws Exception;
  }

  /** The bytes on disk; while it is open, what is not yet in the main file among them. */
  long bytes() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  @Override
  public void close() {
    client.close();
    engine.close();
  }
}
