package parley.bench;

import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Kills an engine at random moments under load, and looks for what that has broken. */
final class KillBench {

  private final Path folder;
  private final Plan plan;
  private final Random random;

  /**
   * @param folder for the stores, empty
   */
  KillBench(Path folder, Plan plan) {
    this.folder = folder;
    this.plan = plan;
    this.random = new Random(plan.seed());
  }

  /**
   * What to do.
   *
   * @param seed of all chances
   * @param mostInstances how many orchestrations to start at most
   * @param longestLife how long an engine serves at most before it is killed
   * @param limit how long all may take
   */
  record Plan(long seed, int kills, int mostInstances, Duration longestLife, Duration limit) {

    static Plan twentyKills(long seed) {
      return new Plan(seed, 20, 5_000, Duration.ofMillis(2_500), Duration.ofMinutes(8));
    }
  }

  /** Kills the engine as often as planned, lets all orchestrations end, and counts. */
  KillTally run(PrintStream out) throws Exception {
    out.println("seed " + plan.seed());
    long deadline = System.nanoTime() + plan.limit().toNanos();
    EngineProcess engine = EngineProcess.start(folder, 0, 0);
    int port = engine.port();
    try (CountingClients clients = new CountingClients(port, plan.mostInstances(), deadline)) {
      for (int kill = 1; kill <= plan.kills(); kill++) {
        long life = random.nextLong(plan.longestLife().toMillis());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(life));
        engine.kill();
        out.printf("kill -9 of process %d after %,d ms%n", engine.pid(), life);
        engine = EngineProcess.start(folder, port, kill);
      }
      Map<String, Set<String>> acknowledged = clients.finish();
      List<KillTally.Ended> ended = new ArrayList<>();
      for (Map.Entry<String, Set<String>> instance : acknowledged.entrySet()) {
        ended.add(
            new KillTally.Ended(
                instance.getKey(), instance.getValue(), end(clients, instance.getKey(), deadline)));
      }
      engine.close();
      try (Effects effects = Effects.open(folder, "over")) {
        return KillTally.of(plan.kills(), ended, effects.all());
      }
    } finally {
      engine.close();
    }
  }

  /** What an instance has counted, or null if it failed, or is stuck. */
  private static CountingEngine.Count end(CountingClients clients, String id, long deadline) {
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    try {
      OrchestrationMetadata end = clients.client().waitForInstanceCompletion(id, left, true);
      return end.getRuntimeStatus() == OrchestrationRuntimeStatus.COMPLETED
          ? end.readOutputAs(CountingEngine.Count.class)
          : null;
    } catch (TimeoutException stuck) {
      return null;
    }
  }
}
