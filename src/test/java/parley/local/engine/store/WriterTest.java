package parley.local.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.engine.turn.NewInstance;

class WriterTest {

  private static final int CAPACITY = 4;
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final List<String> ready = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private Store store;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    store =
        Store.open(folder.resolve("hub.db"), effects -> ready.addAll(effects.ready()), CAPACITY, 1);
  }

  @AfterEach
  void close() throws Exception {
    gate.countDown();
    store.close();
  }

  /** Keeps the writer busy, so that what is queued meanwhile shares one transaction. */
  private CompletableFuture<Void> hold() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CompletableFuture<Void> done =
        store.put(
            (rows, effects) -> {
              held.countDown();
              try {
                gate.await();
              } catch (InterruptedException e) {
                throw new SQLException(e);
              }
              return null;
            });
    held.await();
    return done;
  }

  private static Change<Reply> start(String id) {
    return Lifecycle.start(new NewInstance(id, "Game", null, null, null, null), NOW);
  }

  @Test
  void a_change_that_fails_takes_no_other_with_it() throws Exception {
    hold();
    CompletableFuture<Reply> first = store.offer(start("first"));
    CompletableFuture<Reply> bad =
        store.offer(
            (rows, effects) -> {
              effects.ready("never");
              throw new SQLException("no room");
            });
    CompletableFuture<Reply> last = store.offer(start("last"));
    gate.countDown();

    assertEquals(new Reply.Done(), first.get());
    assertEquals(new Reply.Done(), last.get());
    ExecutionException failure = assertThrows(ExecutionException.class, bad::get);
    assertInstanceOf(StoreException.class, failure.getCause());
    assertEquals(List.of("first", "last"), ready);
  }

  @Test
  void a_full_queue_refuses_clients() throws Exception {
    hold();
    for (int i = 0; i < CAPACITY; i++) {
      store.offer(start("game-" + i));
    }

    RejectedExecutionException refusal =
        assertThrows(RejectedExecutionException.class, () -> store.offer(start("one-more")));

    assertEquals("the durable store is busy: 4 changes are waiting", refusal.getMessage());
  }

  @Test
  void closing_writes_what_is_waiting_and_refuses_the_rest() throws Exception {
    hold();
    CompletableFuture<Reply> waiting = store.offer(start("waiting"));
    gate.countDown();

    store.close();

    assertEquals(new Reply.Done(), waiting.get());
    assertThrows(RejectedExecutionException.class, () -> store.offer(start("late")));
  }
}
