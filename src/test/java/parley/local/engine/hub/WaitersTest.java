package parley.local.engine.hub;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.durabletask.implementation.protobuf.OrchestratorService.OrchestrationStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import parley.local.engine.turn.Instance;

class WaitersTest {

  private final Waiters waiters = new Waiters();

  @Test
  void whoever_waits_hears_of_what_he_waits_for_only() {
    CompletableFuture<Void> finished = waiters.await("game", Instance::finished);
    CompletableFuture<Void> other = waiters.await("other", Instance::finished);

    waiters.reached("game", OrchestrationStatus.ORCHESTRATION_STATUS_RUNNING);
    assertFalse(finished.isDone());
    waiters.reached("game", OrchestrationStatus.ORCHESTRATION_STATUS_TERMINATED);

    assertTrue(finished.isDone());
    assertFalse(other.isDone());
  }

  @Test
  void there_is_room_for_so_many_and_whoever_gives_up_makes_room() {
    CompletableFuture<Void> first = waiters.await("game", Instance::finished);
    assertThrows(
        RejectedExecutionException.class,
        () -> {
          while (true) {
            waiters.await("game", Instance::finished);
          }
        });

    first.cancel(false);

    assertFalse(waiters.await("game", Instance::finished).isDone());
  }
}
