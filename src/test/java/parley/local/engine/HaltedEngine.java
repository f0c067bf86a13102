package parley.local.engine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that starts an orchestration and is halted, as by a power cut, in its second activity.
 */
final class HaltedEngine {

  static final int HALTED = 42;

  private HaltedEngine() {}

  static ScriptedWorker worker() {
    return new ScriptedWorker()
        .activity("Before", input -> "\"before the power cut\"")
        .orchestrator(
            "TwoHalves",
            ctx -> {
              String before = ctx.callActivity("Before", null, String.class).await();
              ctx.createTimer(Duration.ofDays(1)).await();
              return before + ", " + ctx.callActivity("Halt", null, String.class).await();
            });
  }

  /** Prints the instance's id. */
  public static void main(String[] folder) {
    ScriptedWorker worker =
        worker()
            .activity(
                "Halt",
                input -> {
                  Runtime.getRuntime().halt(HALTED);
                  return null;
                });
    try (TestEngine hub = new TestEngine(Path.of(folder[0]), worker)) {
      System.out.println(hub.start("TwoHalves", null));
      TestEngine.until(
          () -> {
            hub.advance(Duration.ofDays(1));
            return false;
          });
    }
  }
}
