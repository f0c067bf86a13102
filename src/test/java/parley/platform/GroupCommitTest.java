package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {

  private final List<List<Integer>> commits = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch open = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final GroupCommit<Integer, String> group =
      new GroupCommit<>(3, Duration.ofMinutes(1), this::commit);

  /** The commit of 0 takes until the test lets it go on, and that with 13 fails. */
  private List<String> commit(List<Integer> writes) {
    commits.add(writes);
    if (writes.contains(0)) {
      awaitOpen();
    }
    if (writes.contains(13)) {
      throw new IllegalArgumentException("13");
    }
    return writes.stream().map(write -> "did " + write).toList();
  }

  private void awaitOpen() {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Begins a write on a thread of its own, and comes back once that waits. */
  private CompletableFuture<String> begin(int write) {
    return begin(group, write);
  }

  private CompletableFuture<String> begin(GroupCommit<Integer, String> group, int write) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(group.commit(write));
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    threads.add(thread);
    while (!Set.of(State.WAITING, State.TIMED_WAITING).contains(thread.getState())) {
      Thread.onSpinWait();
    }
    return result;
  }

  @AfterEach
  void end() throws InterruptedException {
    open.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void who_comes_alone_commits_at_once() {
    assertEquals("did 1", group.commit(1));
    assertEquals("did 2", group.commit(2));
    assertEquals(List.of(List.of(1), List.of(2)), commits);
  }

  @Test
  void who_comes_during_a_commit_is_committed_together_with_the_others() {
    CompletableFuture<String> first = begin(0);
    List<CompletableFuture<String>> others = List.of(begin(1), begin(2), begin(3), begin(4));
    open.countDown();
    assertEquals("did 0", first.join());
    assertEquals(
        List.of("did 1", "did 2", "did 3", "did 4"),
        others.stream().map(CompletableFuture::join).toList());
    assertEquals(List.of(List.of(0), List.of(1, 2, 3), List.of(4)), commits);
  }

  @Test
  void what_a_commit_throws_reaches_all_of_it_and_nobody_else() {
    begin(0);
    CompletableFuture<String> spoiled = begin(1);
    CompletableFuture<String> refused = begin(13);
    CompletableFuture<String> alsoSpoiled = begin(2);
    CompletableFuture<String> later = begin(3);
    open.countDown();
    Throwable reason = assertThrows(CompletionException.class, refused::join).getCause();
    assertInstanceOf(IllegalArgumentException.class, reason);
    assertSame(reason, assertThrows(CompletionException.class, spoiled::join).getCause());
    assertSame(reason, assertThrows(CompletionException.class, alsoSpoiled::join).getCause());
    assertEquals("did 3", later.join());
    assertEquals("did 4", group.commit(4));
  }

  @Test
  void an_answer_that_is_missing_is_an_error_and_holds_nobody_up() {
    GroupCommit<Integer, String> forgetful =
        new GroupCommit<>(3, Duration.ofMinutes(1), writes -> List.of());
    assertThrows(IllegalStateException.class, () -> forgetful.commit(1));
    assertThrows(IllegalStateException.class, () -> forgetful.commit(2));
  }

  @Test
  void who_has_waited_for_long_does_not_wait_for_a_commit_that_is_held_up_and_nobody_does_after() {
    // A hundred who each wait for so long would take more time than this test has.
    GroupCommit<Integer, String> hasty = new GroupCommit<>(3, Duration.ofMillis(300), this::commit);
    CompletableFuture<String> heldUp = begin(hasty, 0);
    for (int write = 100; write < 200; write++) {
      assertEquals("did " + write, hasty.commit(write));
    }
    assertFalse(heldUp.isDone());
    open.countDown();
    assertEquals("did 0", heldUp.join());
    assertEquals("did 200", hasty.commit(200));
    assertEquals(102, commits.size());
  }

  @Test
  void who_comes_interrupted_commits_for_the_others_all_the_same() {
    List<Boolean> seen = new ArrayList<>();
    GroupCommit<Integer, String> watched =
        new GroupCommit<>(
            3,
            Duration.ofMinutes(1),
            writes -> {
              seen.add(Thread.currentThread().isInterrupted());
              return commit(writes);
            });
    Thread.currentThread().interrupt();
    assertEquals("did 1", watched.commit(1));
    assertTrue(Thread.interrupted());
    assertEquals(List.of(false), seen);
  }

  @Test
  void who_is_interrupted_hears_what_became_of_the_write_and_stays_interrupted() {
    begin(0);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    CompletableFuture<String> result = begin(1);
    result.thenRun(() -> interrupted.complete(Thread.currentThread().isInterrupted()));
    threads.get(1).interrupt();
    open.countDown();
    assertEquals("did 1", result.join());
    assertTrue(interrupted.join());
  }
}
