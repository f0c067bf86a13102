package parley;

import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import parley.local.HostedApp;
import parley.local.LocalHost;
import parley.local.LocalOptions;
import parley.local.LocalPorts;
import parley.local.ParleyApp;
import parley.local.TestClock;

/**
 * The whole app in the local host, on the tests' database and Redis, with a clock that stands
 * still.
 */
public final class TestHost extends TestApp {

  private final TestClock clock;
  private final LocalHost host;

  private TestHost(LocalHost host, TestClock clock) {
    this.host = host;
    this.clock = clock;
  }

  /**
   * @param state the folder that the host keeps its durable store and its keys in
   * @param settings of these, some may name another database or Redis than the tests'
   */
  public static TestHost start(Path state, TestClock clock, Map<String, String> settings) {
    return new TestHost(run(state, clock, settings, new ParleyApp()), clock);
  }

  /** On a database that nobody has migrated. */
  static TestHost unmigrated(Path state, String mysql) {
    TestClock clock = new TestClock("2026-03-01T12:00:00Z");
    Map<String, String> settings = Map.of("MYSQL_CONNECTION_STRING", mysql);
    return new TestHost(run(state, clock, settings, new ParleyApp()::make), clock);
  }

  /** With a clock that nobody can move. */
  public static TestHost inRealTime(Path state) {
    return inRealTime(state, Map.of());
  }

  /** With a clock that nobody can move. */
  public static TestHost inRealTime(Path state, Map<String, String> settings) {
    return new TestHost(run(state, Clock.systemUTC(), settings, new ParleyApp()), null);
  }

  private static LocalHost run(
      Path state, Clock clock, Map<String, String> settings, HostedApp.Factory app) {
    Map<String, String> all = new HashMap<>(settings);
    all.computeIfAbsent("MYSQL_CONNECTION_STRING", mysql -> TestDatabase.url());
    all.computeIfAbsent("REDIS_CONNECTION_STRING", redis -> TestRedis.url());
    return LocalHost.start(
        new LocalOptions(
            state, false, LocalPorts.ANY, clock, App.FUNCTIONS, all, App.defaults(), app));
  }

  public static TestHost start(Path state) {
    return start(state, new TestClock("2026-03-01T12:00:00Z"), Map.of());
  }

  public TestClock clock() {
    return clock;
  }

  @Override
  public void advance(Duration duration) {
    clock.advance(duration);
    host.clockMoved();
  }

  /** Ends an orchestration from outside, and waits until it has ended. */
  public void terminate(String instanceId) {
    DurableTaskClient client = new DurableTaskGrpcClientBuilder().port(host.durablePort()).build();
    try (client) {
      client.terminate(instanceId, null);
    }
    await(() -> instance(instanceId), answer -> "Terminated".equals(answer.text("runtimeStatus")));
  }

  public LocalHost host() {
    return host;
  }

  @Override
  protected int httpPort() {
    return host.httpPort();
  }

  @Override
  protected String functionKey() {
    return host.functionKey();
  }

  @Override
  protected String systemKey() {
    return host.systemKey();
  }

  @Override
  public void close() {
    host.close();
  }
}
