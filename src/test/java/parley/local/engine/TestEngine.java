package parley.local.engine;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.NewOrchestrationInstanceOptions;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.implementation.protobuf.TaskHubSidecarServiceGrpc;
import com.microsoft.durabletask.implementation.protobuf.TaskHubSidecarServiceGrpc.TaskHubSidecarServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An engine with a clock that is moved by hand, and the SDK's own client. */
public final class TestEngine implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofMinutes(2);

  public final MovableClock clock = new MovableClock();
  private final Path store;
  private final Opening opening;
  private DurableEngine engine;
  private ManagedChannel channel;
  private DurableTaskClient client;

  /** Opens an engine. */
  private interface Opening {
    DurableEngine open(DurableEngine.Options options) throws IOException;
  }

  public TestEngine(Path folder, ScriptedWorker worker) {
    this(folder, options -> DurableEngine.start(options, worker));
  }

  /** An engine whose work goes to the workers that connect. */
  public static TestEngine forWorkers(Path folder) {
    return new TestEngine(folder, DurableEngine::start);
  }

  private TestEngine(Path folder, Opening opening) {
    this.store = folder.resolve("hub.db");
    this.opening = opening;
    open();
  }

  public DurableTaskClient client() {
    return client;
  }

  /** The bare protocol, for what the SDK's client has no method for. */
  public TaskHubSidecarServiceBlockingStub sidecar() {
    return TaskHubSidecarServiceGrpc.newBlockingStub(channel);
  }

  public DurableEngine engine() {
    return engine;
  }

  public Path store() {
    return store;
  }

  public String start(String orchestrator, Object input, String id) {
    return client.scheduleNewOrchestrationInstance(
        orchestrator, new NewOrchestrationInstanceOptions().setInstanceId(id).setInput(input));
  }

  public String start(String orchestrator, Object input) {
    return client.scheduleNewOrchestrationInstance(orchestrator, input);
  }

  public OrchestrationMetadata get(String id) {
    return client.getInstanceMetadata(id, true);
  }

  public OrchestrationRuntimeStatus status(String id) {
    return get(id).getRuntimeStatus();
  }

  public OrchestrationMetadata finished(String id) throws TimeoutException {
    return client.waitForInstanceCompletion(id, PATIENCE, true);
  }

  public void advance(Duration by) {
    clock.advance(by);
    engine.clockMoved();
  }

  /** Waits until the custom status of an instance is this text. */
  public void untilSays(String id, String customStatus) {
    until(() -> customStatus.equals(get(id).readCustomStatusAs(String.class)));
  }

  public static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("this did not come about within " + PATIENCE);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  public void restart() {
    close();
    open();
  }

  /** Restarts with the store changed by other hands meanwhile. */
  public void restartAfter(String... statements) throws SQLException {
    close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        if (statement.executeUpdate(sql) == 0) {
          throw new AssertionError("nothing was changed by " + sql);
        }
      }
    }
    open();
  }

  private void open() {
    try {
      engine = opening.open(new DurableEngine.Options(store, 0, clock));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", engine.grpcPort()).usePlaintext().build();
    client = new DurableTaskGrpcClientBuilder().grpcChannel(channel).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    engine.close();
  }
}
