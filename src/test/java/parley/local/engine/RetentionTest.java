package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationStatusQuery;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  @Test
  void what_has_finished_is_forgotten_after_a_week_and_what_has_not_is_kept(@TempDir Path folder)
      throws Exception {
    ScriptedWorker worker =
        new ScriptedWorker()
            .orchestrator("Echo", ctx -> "x")
            .orchestrator("Wait", ctx -> ctx.waitForExternalEvent("go", String.class).await());
    try (TestEngine hub = new TestEngine(folder, worker)) {
      for (int i = 0; i < 120; i++) {
        hub.start("Echo", null, "old-" + i);
      }
      for (int i = 0; i < 120; i++) {
        hub.finished("old-" + i);
      }
      hub.start("Wait", null, "waiting");
      hub.advance(Duration.ofDays(6));
      hub.finished(hub.start("Echo", null, "young"));
      assertEquals(100, count(hub)); // a page of 122

      hub.advance(Duration.ofDays(2));

      TestEngine.until(() -> count(hub) == 2);
      assertTrue(hub.get("waiting").isInstanceFound());
      assertTrue(hub.get("young").isInstanceFound());
    }
  }

  private static int count(TestEngine hub) {
    return hub.client()
        .queryInstances(new OrchestrationStatusQuery())
        .getOrchestrationState()
        .size();
  }
}
