package parley.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.WorkItem;
import io.grpc.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteWorkersTest {

  private TestEngine hub;

  @BeforeEach
  void open(@TempDir Path folder) {
    hub = TestEngine.forWorkers(folder);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private RawWorker worker() {
    return new RawWorker(hub.engine()).open();
  }

  @Test
  void work_waits_for_the_first_worker() throws Exception {
    String id = hub.start("Game", "in");
    try (RawWorker worker = worker()) {
      assertEquals(id, worker.take().getOrchestratorRequest().getInstanceId());
      worker.complete(id, "\"done\"");

      assertEquals("done", hub.finished(id).readOutputAs(String.class));
    }
  }

  @Test
  void a_turn_whose_worker_goes_away_is_given_to_another_and_does_not_fail() throws Exception {
    String id = hub.start("Game", null);
    WorkItem lost;
    try (RawWorker first = worker()) {
      lost = first.take();
    }
    try (RawWorker second = worker()) {
      assertEquals(lost, second.take());
      second.complete(id, "\"second\"");

      assertEquals("second", hub.finished(id).readOutputAs(String.class));
    }
  }

  @Test
  void an_activity_whose_worker_goes_away_is_given_to_another() throws Exception {
    String id = hub.start("Game", null);
    try (RawWorker first = worker()) {
      first.take();
      first.call(id, "Save");
      assertEquals("Save", first.take().getActivityRequest().getName());
    }
    try (RawWorker second = worker()) {
      assertEquals("Save", second.take().getActivityRequest().getName());
      second.result(id, "\"saved\"");
      assertTrue(second.take().hasOrchestratorRequest());
      second.complete(id, "\"second\"");

      assertEquals("second", hub.finished(id).readOutputAs(String.class));
    }
  }

  @Test
  void a_worker_that_opens_another_stream_gets_its_work_again() throws Exception {
    String id = hub.start("Game", null);
    try (RawWorker worker = worker()) {
      WorkItem forgotten = worker.take();
      worker.open();

      assertEquals(forgotten, worker.take());
      worker.complete(id, "\"at last\"");
      assertEquals("at last", hub.finished(id).readOutputAs(String.class));
    }
  }

  @Test
  void an_answer_to_what_was_not_asked_is_taken_and_changes_nothing() throws Exception {
    String id = hub.start("Game", null);
    try (RawWorker worker = worker();
        RawWorker stranger = new RawWorker(hub.engine())) {
      worker.take();

      stranger.complete(id, "\"stranger\"");
      worker.complete("another", "\"of another\"");
      worker.result(id, "\"of no activity\"");
      worker.complete(id, "\"mine\"");
      worker.complete(id, "\"twice\"");

      assertEquals("mine", hub.finished(id).readOutputAs(String.class));
    }
  }

  @Test
  void a_busy_worker_gets_nothing_and_an_idle_one_does() throws Exception {
    try (RawWorker busy = worker()) {
      hub.start("Game", null, "first");
      busy.take();
      try (RawWorker idle = worker()) {
        for (String id : new String[] {"second", "third"}) {
          hub.start("Game", null, id);
          assertEquals(id, idle.take().getOrchestratorRequest().getInstanceId());
          idle.complete(id, "null");
          hub.finished(id);
        }
      }
    }
  }

  @Test
  void a_turn_over_which_ten_workers_were_lost_fails() throws Exception {
    String id = hub.start("Killer", null);
    for (int i = 0; i < 10; i++) {
      try (RawWorker worker = worker()) {
        worker.take();
      }
    }

    OrchestrationMetadata end = hub.finished(id);
    assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
    assertEquals("WorkerLost", end.getFailureDetails().getErrorType());
  }

  @Test
  void a_turn_that_no_message_has_room_for_fails_and_says_so() throws Exception {
    String id = hub.start("Large", "x".repeat(5 << 20));
    try (RawWorker worker = worker()) {
      OrchestrationMetadata end =
          hub.client().waitForInstanceCompletion(id, TestEngine.PATIENCE, false);

      assertEquals(OrchestrationRuntimeStatus.FAILED, end.getRuntimeStatus());
      hub.start("Small", null, "small");
      assertEquals("small", worker.take().getOrchestratorRequest().getInstanceId());
    }
  }

  @Test
  void an_engine_that_runs_the_functions_of_its_host_takes_no_workers(@TempDir Path folder)
      throws Exception {
    try (TestEngine host = new TestEngine(folder, new ScriptedWorker());
        RawWorker worker = new RawWorker(host.engine()).open()) {
      assertEquals(Status.Code.FAILED_PRECONDITION, worker.problem().getStatus().getCode());
    }
  }
}
