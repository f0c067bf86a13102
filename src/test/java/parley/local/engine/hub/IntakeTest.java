package parley.local.engine.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final String LARGE = "x".repeat(20 << 20);

  private final AtomicInteger backlog = new AtomicInteger();
  private final Intake intake = new Intake(backlog::get, 10);

  @Test
  void what_is_too_large_for_the_room_left_is_refused_until_there_is_room() {
    CompletableFuture<String> first = new CompletableFuture<>();
    intake.take(LARGE, () -> first);

    assertThrows(
        RejectedExecutionException.class, () -> intake.take(LARGE, CompletableFuture::new));
    assertFalse(intake.take("small", CompletableFuture::new).isDone());
    first.complete("stored");

    assertFalse(intake.take(LARGE, CompletableFuture::new).isDone());
  }

  @Test
  void one_alone_may_be_as_large_as_it_is() {
    assertFalse(intake.take(LARGE + LARGE, CompletableFuture::new).isDone());
  }

  @Test
  void a_request_that_is_refused_or_fails_gives_its_room_back() {
    for (int i = 0; i < 5; i++) {
      assertThrows(
          RejectedExecutionException.class,
          () ->
              intake.take(
                  LARGE,
                  () -> {
                    throw new RejectedExecutionException("the store is busy");
                  }));
      intake.take(LARGE, () -> CompletableFuture.failedFuture(new IllegalStateException("no")));
    }
    assertFalse(intake.take(LARGE, CompletableFuture::new).isDone());
  }

  @Test
  void a_long_backlog_refuses_everything() {
    backlog.set(10);

    RejectedExecutionException refusal =
        assertThrows(
            RejectedExecutionException.class, () -> intake.take(null, CompletableFuture::new));

    assertEquals(
        "the durable engine is busy: 10 turns and activities are waiting", refusal.getMessage());
  }
}
