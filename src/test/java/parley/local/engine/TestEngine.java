package parley.local.engine;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An engine with a clock that is moved by hand, and the SDK's own client. */
final class TestEngine implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  final MovableClock clock = new MovableClock();
  private final Path store;
  private final ScriptedWorker worker;
  private DurableEngine engine;
  private DurableTaskClient client;

  TestEngine(Path folder, ScriptedWorker worker) {
    this.store = folder.resolve("hub.db");
    this.worker = worker;
    open();
  }

  DurableTaskClient client() {
    return client;
  }

  DurableEngine engine() {
    return engine;
  }

  Path store() {
    return store;
  }

  String start(String orchestrator, Object input, String id) {
    return client.scheduleNewOrchestrationInstance(
        orchestrator, new NewOrchestrationInstanceOptions().setInstanceId(id).setInput(input));
  }

  String start(String orchestrator, Object input) {
    return client.scheduleNewOrchestrationInstance(orchestrator, input);
  }

  OrchestrationMetadata get(String id) {
    return client.getInstanceMetadata(id, true);
  }

  OrchestrationRuntimeStatus status(String id) {
    return get(id).getRuntimeStatus();
  }

  OrchestrationMetadata finished(String id) throws TimeoutException {
    return client.waitForInstanceCompletion(id, PATIENCE, true);
  }

  void advance(Duration by) {
    clock.advance(by);
    engine.clockMoved();
  }

  /** Waits until the custom status of an instance is this text. */
  void untilSays(String id, String customStatus) {
    until(() -> customStatus.equals(get(id).readCustomStatusAs(String.class)));
  }

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("this did not come about within " + PATIENCE);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  void restart() {
    close();
    open();
  }

  private void open() {
    try {
      engine = DurableEngine.start(new DurableEngine.Options(store, 0, clock), worker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client = new DurableTaskGrpcClientBuilder().port(engine.grpcPort()).build();
  }

  @Override
  public void close() {
    client.close();
    engine.close();
  }
}
