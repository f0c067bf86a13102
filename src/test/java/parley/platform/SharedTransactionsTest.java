package parley.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.TestDatabase;
import parley.Wire;
import parley.Wire.Hold;
import parley.Wire.Moment;
import parley.platform.Database.Write;

/** Writes of several callers at once, on a real database. */
@Timeout(60)
class SharedTransactionsTest {

  private final Database database = new Database(TestDatabase.url(), 6);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch unlock = new CountDownLatch(1);

  @AfterEach
  void close() {
    unlock.countDown();
    threads.shutdown();
    database.close();
  }

  private static Write insert(UUID id) {
    String sql =
        "INSERT INTO player (GUID, CreatedTime, UpdatedTime, Name) VALUES (?, NOW(3), NOW(3), 'new')";
    return new Write("player", id, sql, id);
  }

  private static Write rename(UUID id, String name) {
    return new Write("player", id, "UPDATE player SET Name = ? WHERE GUID = ?", name, id);
  }

  private UUID player() {
    UUID id = UUID.randomUUID();
    assertArrayEquals(new int[] {1}, database.commit(List.of(insert(id))));
    return id;
  }

  private String name(UUID id) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
                  Database.prepare(connection, "SELECT Name FROM player WHERE GUID = ?", id);
              ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString("Name");
          }
        });
  }

  private CompletableFuture<int[]> begin(Write... writes) {
    return CompletableFuture.supplyAsync(() -> database.commit(List.of(writes)), threads);
  }

  /** Locks a row until it is told to let go. */
  private void lock(UUID id) {
    CountDownLatch locked = new CountDownLatch(1);
    threads.execute(
        () ->
            database.transaction(
                connection -> {
                  Write write = rename(id, "locked");
                  Database.prepare(connection, write.sql(), write.values()).executeUpdate();
                  locked.countDown();
                  await(unlock);
                  return null;
                }));
    await(locked);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void each_caller_is_told_how_many_rows_its_writes_have_affected() {
    UUID one = player();
    UUID other = player();
    Write nobody = rename(UUID.randomUUID(), "nobody");
    List<CompletableFuture<int[]>> many =
        IntStream.range(0, 40)
            .mapToObj(i -> begin(rename(other, "b" + i), nobody, rename(one, "a" + i)))
            .toList();
    for (CompletableFuture<int[]> result : many) {
      assertArrayEquals(new int[] {1, 0, 1}, result.join());
    }
    assertEquals("a", name(one).substring(0, 1));
    assertEquals("b", name(other).substring(0, 1));
  }

  @Test
  void who_is_refused_takes_nobody_else_along_and_nothing_of_it_is_written() {
    UUID locked = player();
    UUID there = player();
    UUID fine = player();
    UUID spoiled = player();
    lock(locked);
    CompletableFuture<int[]> first = begin(rename(locked, "first"));
    CompletableFuture<int[]> refused = begin(rename(spoiled, "half"), insert(there));
    CompletableFuture<int[]> good = begin(rename(fine, "renamed"));
    assertArrayEquals(new int[] {1}, good.join());
    assertInstanceOf(
        DuplicateKeyException.class,
        assertThrows(CompletionException.class, refused::join).getCause());
    unlock.countDown();
    assertArrayEquals(new int[] {1}, first.join());
    assertEquals(
        List.of("first", "new", "renamed", "new"),
        List.of(name(locked), name(there), name(fine), name(spoiled)));
  }

  @Test
  void who_is_not_waiting_for_a_locked_row_is_not_held_up_by_who_is() {
    UUID locked = player();
    UUID free = player();
    lock(locked);
    CompletableFuture<int[]> heldUp = begin(rename(locked, "late"));
    assertArrayEquals(new int[] {1}, begin(rename(free, "early")).join());
    assertFalse(heldUp.isDone());
    unlock.countDown();
    heldUp.join();
    assertEquals("late", name(locked));
  }

  @Test
  void who_shares_a_transaction_with_one_that_waits_for_a_row_in_vain_is_written_by_itself() {
    UUID blocker = player();
    UUID locked = player();
    UUID free = player();
    lock(blocker);
    CompletableFuture<int[]> before = begin(rename(blocker, "before"));
    lock(locked);
    CompletableFuture<int[]> inVain = begin(rename(locked, "late"));
    // Both wait for the commit that is held up, and then share the next one.
    CompletableFuture<int[]> companion = begin(rename(free, "renamed"));
    assertArrayEquals(new int[] {1}, companion.join());
    assertFalse(inVain.isDone());
    unlock.countDown();
    assertArrayEquals(new int[] {1}, before.join());
    assertArrayEquals(new int[] {1}, inVain.join());
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void a_connection_that_is_lost_in_between_is_a_503(Moment moment) throws Exception {
    UUID id = player();
    try (Wire wire = new Wire(TestDatabase.port());
        Database distant = new Database(TestDatabase.urlAt(wire.port()), 2)) {
      distant.ping();
      Hold hold = wire.hold(moment, "COMMIT", "on its way");
      CompletableFuture<int[]> lost =
          CompletableFuture.supplyAsync(
              () -> distant.commit(List.of(rename(id, "on its way"))), threads);
      hold.await();
      wire.cut();
      CompletionException failure = assertThrows(CompletionException.class, lost::join);
      assertEquals(503, ((ProblemException) failure.getCause()).problem().status());
    }
    assertEquals(moment == Moment.BEFORE ? "new" : "on its way", name(id));
  }

  @Test
  void nothing_to_write_is_nothing_written() {
    assertArrayEquals(new int[0], database.commit(List.of()));
  }

  @Test
  void two_processes_that_change_the_same_rows_at_once_both_get_through() {
    List<UUID> players = IntStream.range(0, 8).mapToObj(i -> player()).toList();
    try (Database elsewhere = new Database(TestDatabase.url(), 4)) {
      List<CompletableFuture<int[]>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        List<UUID> shuffled = new ArrayList<>(players);
        Collections.shuffle(shuffled, new Random(i));
        List<Write> writes = shuffled.stream().map(id -> rename(id, "renamed")).toList();
        Database there = i % 2 == 0 ? database : elsewhere;
        all.add(CompletableFuture.supplyAsync(() -> there.commit(writes), threads));
      }
      for (CompletableFuture<int[]> result : all) {
        assertArrayEquals(new int[] {1, 1, 1, 1, 1, 1, 1, 1}, result.join());
      }
    }
  }

  @Test
  void after_a_refusal_the_connection_is_as_it_was() {
    try (Database single = new Database(TestDatabase.url(), 1)) {
      UUID there = player();
      assertThrows(
          DuplicateKeyException.class,
          () -> single.commit(List.of(rename(there, "undone"), insert(there))));
      single.query(
          connection -> {
            Write write = rename(there, "by itself");
            return Database.prepare(connection, write.sql(), write.values()).executeUpdate();
          });
      assertEquals("by itself", name(there), "as others see it");
    }
  }

  @Test
  void a_statement_that_no_database_takes_is_an_error_of_its_caller_alone() {
    UUID locked = player();
    UUID fine = player();
    lock(locked);
    CompletableFuture<int[]> first = begin(rename(locked, "first"));
    CompletableFuture<int[]> wrong =
        begin(new Write("player", fine, "UPDATE player SET Colour = 1"));
    CompletableFuture<int[]> good = begin(rename(fine, "renamed"));
    assertArrayEquals(new int[] {1}, good.join());
    assertInstanceOf(
        IllegalStateException.class,
        assertThrows(CompletionException.class, wrong::join).getCause());
    unlock.countDown();
    first.join();
  }

  @Test
  void while_one_waits_for_a_database_that_is_away_the_others_are_refused_at_once()
      throws InterruptedException {
    try (Database nowhere = new Database("jdbc:mysql://127.0.0.1:1/asyncmpdb?user=app", 2)) {
      assertThrows(ProblemException.class, nowhere::ping);
      CompletableFuture<Void> refused = new CompletableFuture<>();
      Runnable write =
          () -> {
            List<Write> writes = List.of(insert(UUID.randomUUID()));
            assertThrows(ProblemException.class, () -> nowhere.commit(writes));
            refused.complete(null);
          };
      List<Thread> callers = List.of(new Thread(write), new Thread(write), new Thread(write));
      callers.forEach(Thread::start);
      refused.join();
      assertTrue(callers.stream().anyMatch(Thread::isAlive), "who waits does so for two seconds");
      for (Thread caller : callers) {
        caller.join();
      }
    }
  }
}
