package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.FailureDetails;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.RetryPolicy;
import com.microsoft.durabletask.Task;
import com.microsoft.durabletask.TaskFailedException;
import com.microsoft.durabletask.TaskOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.engine.run.ActivityRunner;
import parley.local.services.LogLines;

class ActivityTest {

  private final ScriptedWorker worker = new ScriptedWorker();
  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = new TestEngine(folder, worker);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void an_orchestrator_calls_activities_in_sequence_and_returns() throws Exception {
    worker
        .activity("Twice", input -> Integer.toString(2 * Integer.parseInt(input)))
        .orchestrator(
            "Chain",
            ctx -> {
              int number = ctx.getInput(Integer.class);
              for (int i = 0; i < 5; i++) {
                number = ctx.callActivity("Twice", number, Integer.class).await();
              }
              return number;
            });

    OrchestrationMetadata end = hub.finished(hub.start("Chain", 3));

    assertEquals(OrchestrationRuntimeStatus.COMPLETED, end.getRuntimeStatus());
    assertEquals(96, end.readOutputAs(Integer.class));
    assertEquals(3, end.readInputAs(Integer.class));
    assertEquals(hub.clock.instant(), end.getCreatedAt());
  }

  @Test
  void activities_run_side_by_side() throws Exception {
    worker
        .activity("Square", input -> Integer.toString((int) Math.pow(Integer.parseInt(input), 2)))
        .orchestrator(
            "FanOut",
            ctx -> {
              List<Task<Integer>> squares =
                  IntStream.range(0, 200)
                      .mapToObj(n -> ctx.callActivity("Square", n, Integer.class))
                      .toList();
              return ctx.allOf(squares).await().stream().mapToInt(Integer::intValue).sum();
            });

    int sum = hub.finished(hub.start("FanOut", null)).readOutputAs(Integer.class);

    assertEquals(IntStream.range(0, 200).map(n -> n * n).sum(), sum);
  }

  @Test
  void a_failed_activity_tells_its_root_cause() throws Exception {
    worker
        .activity(
            "Fail",
            input -> {
              throw new RuntimeException("outer", new IllegalStateException("the table is full"));
            })
        .orchestrator(
            "Catch",
            ctx -> {
              try {
                return ctx.callActivity("Fail", null, String.class).await();
              } catch (TaskFailedException e) {
                FailureDetails details = e.getErrorDetails();
                return details.getErrorType() + ": " + details.getErrorMessage();
              }
            });

    assertEquals(
        "IllegalStateException: the table is full",
        hub.finished(hub.start("Catch", null)).readOutputAs(String.class));
  }

  @Test
  void an_activity_is_retried_with_backoff_as_the_clock_moves() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    worker
        .activity(
            "Flaky",
            input -> {
              if (calls.incrementAndGet() < 4) {
                throw new IllegalStateException("not yet");
              }
              return "\"done\"";
            })
        .orchestrator(
            "Retry",
            ctx -> {
              RetryPolicy policy =
                  new RetryPolicy(10, Duration.ofMinutes(1)).setBackoffCoefficient(2);
              String result =
                  ctx.callActivity("Flaky", null, new TaskOptions(policy), String.class).await();
              return result + " at " + ctx.getCurrentInstant();
            });
    String id = hub.start("Retry", null);

    TestEngine.until(() -> calls.get() == 1);
    for (int minutes = 2, call = 2; call <= 4; minutes *= 2, call++) {
      int wanted = call;
      Duration wait = Duration.ofMinutes(minutes);
      // The retry's timer is set by the turn after the failure: keep moving until that one fires.
      TestEngine.until(
          () -> {
            hub.advance(wait);
            return calls.get() >= wanted;
          });
    }

    assertTrue(hub.finished(id).readOutputAs(String.class).startsWith("done"));
    assertEquals(4, calls.get());
  }

  @Test
  void an_answer_that_cannot_be_stored_is_kept_until_it_can() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch full = new CountDownLatch(1);
    worker
        .activity(
            "Answer",
            input -> {
              calls.incrementAndGet();
              full.await();
              return "\"kept\"";
            })
        .orchestrator("Ask", ctx -> ctx.callActivity("Answer", null, String.class).await());
    String id = hub.start("Ask", null);
    TestEngine.until(() -> calls.get() == 1);

    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + hub.store());
        Statement statement = other.createStatement();
        LogLines log = new LogLines(ActivityRunner.class)) {
      statement.execute(
          "CREATE TRIGGER full BEFORE DELETE ON task BEGIN SELECT RAISE(FAIL, 'full'); END");
      full.countDown();
      assertTrue(log.next().contains("is put off"));
      statement.execute("DROP TRIGGER full");
    }

    assertEquals("kept", hub.finished(id).readOutputAs(String.class));
    assertEquals(1, calls.get());
  }

  @Test
  void an_unknown_activity_fails_its_task_and_names_it() throws Exception {
    worker.orchestrator("Ask", ctx -> ctx.callActivity("Nowhere", null, String.class).await());

    String message = hub.finished(hub.start("Ask", null)).getFailureDetails().getErrorMessage();

    assertTrue(message.contains("there is no activity named 'Nowhere'"), message);
  }
}
