package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LatestOnlyTest {

  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private final LatestOnly tasks = new LatestOnly("test");

  /** Keeps every thread busy, so that what is submitted next has to wait. */
  private void holdAllThreads() {
    for (int i = 0; i < LatestOnly.THREADS; i++) {
      tasks.submit("busy " + i, 0, this::hold);
    }
  }

  private void hold() {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void submit(String key, long order) {
    assertTrue(tasks.submit(key, order, () -> done.add(key + order)));
  }

  @Test
  void of_those_that_wait_under_one_key_the_highest_is_done_whichever_came_first() {
    holdAllThreads();
    submit("a", 2);
    submit("a", 4);
    submit("a", 3);
    submit("b", 1);
    held.countDown();
    tasks.close();

    assertEquals(List.of("a4", "b1"), done.stream().sorted().toList());
  }

  @Test
  void what_comes_after_one_was_done_is_done_too() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    tasks.submit("a", 1, first::countDown);
    first.await();
    submit("a", 2);
    tasks.close();

    assertEquals(List.of("a2"), done);
  }

  @Test
  void what_waits_is_done_at_the_end_and_nothing_after_it() {
    holdAllThreads();
    for (int i = 0; i < 20; i++) {
      submit("key" + i + " ", 1);
    }
    held.countDown();
    tasks.close();

    assertEquals(20, done.size());
    assertFalse(tasks.submit("late", 1, () -> done.add("late")));
  }
}
