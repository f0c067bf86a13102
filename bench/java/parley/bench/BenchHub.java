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
import java.util.concurrent.TimeoutException;
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

  /** Has so many callers at once each take one number after the other; see {@link Callers}. */
  void callers(int callers, int count, Callers.Call call) throws InterruptedException {
    Callers.run(callers, count, call);
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
