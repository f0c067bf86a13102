package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.ActivityRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorRequest;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestratorResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import parley.local.engine.run.Worker;

/**
 * A worker that counts the turns it runs and writes each down in target/histories. Those that were
 * copied to src/test/resources/histories are what orchestrations of an earlier version have in
 * their histories, and must be answered as they were.
 */
public final class RecordedTurns implements Worker {

  private static final Path RECORDED = Path.of("src", "test", "resources", "histories");
  private static final Path WRITTEN = Path.of("target", "histories");

  private final Worker worker;
  private final String name;
  private final AtomicInteger turns = new AtomicInteger();

  /**
   * @param name of the history, in the names of its files
   */
  public RecordedTurns(Worker worker, String name) {
    this.worker = worker;
    this.name = name;
  }

  /** Has a worker answer a turn that was recorded, and compares. */
  public static void assertAnsweredAsRecorded(Worker worker, String turn) throws Exception {
    OrchestratorRequest request =
        TextFormat.parse(
            Files.readString(RECORDED.resolve(turn + "-request.txtpb")), OrchestratorRequest.class);
    OrchestratorResponse recorded =
        TextFormat.parse(
            Files.readString(RECORDED.resolve(turn + "-response.txtpb")),
            OrchestratorResponse.class);

    assertEquals(recorded.toString(), worker.orchestrate(request).toString());
  }

  /** Waits until so many turns have been answered. */
  public void await(int wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (turns.get() < wanted && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertEquals(wanted, turns.get());
  }

  @Override
  public boolean hasOrchestrator(String function) {
    return worker.hasOrchestrator(function);
  }

  @Override
  public boolean hasActivity(String function) {
    return worker.hasActivity(function);
  }

  @Override
  public OrchestratorResponse orchestrate(OrchestratorRequest request) throws Exception {
    OrchestratorResponse response = worker.orchestrate(request);
    String turn = name + "-" + (turns.get() + 1);
    write(turn + "-request.txtpb", request.toString());
    write(turn + "-response.txtpb", response.toString());
    turns.incrementAndGet();
    return response;
  }

  @Override
  public String callActivity(ActivityRequest request) throws Exception {
    return worker.callActivity(request);
  }

  private static void write(String file, String text) {
    try {
      Files.createDirectories(WRITTEN);
      Files.writeString(WRITTEN.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
