package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.ResultSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import parley.TestDatabase;

class DatabaseTest {

  private static void insert(Database database, UUID id, Runnable then) {
    database.transaction(
        connection -> {
          String sql =
              "INSERT INTO player (GUID, CreatedTime, UpdatedTime, Name)"
                  + " VALUES (?, NOW(3), NOW(3), 'Somebody')";
          Database.prepare(connection, sql, id).executeUpdate();
          then.run();
          return null;
        });
  }

  private static long count(Database database, UUID id) {
    return database.query(
        connection -> {
          ResultSet rows =
              Database.prepare(connection, "SELECT COUNT(*) FROM player WHERE GUID = ?", id)
                  .executeQuery();
          rows.next();
          return rows.getLong(1);
        });
  }

  @Test
  void what_does_not_reach_the_end_of_a_transaction_is_not_done() {
    try (Database database = new Database(TestDatabase.url(), 1)) {
      UUID id = UUID.randomUUID();

      assertThrows(
          StackOverflowError.class,
          () ->
              insert(
                  database,
                  id,
                  () -> {
                    throw new StackOverflowError();
                  }));
      assertEquals(0, count(database, id), "also for an Error, on the very same connection");

      insert(database, id, () -> {});
      assertEquals(1, count(database, id));
    }
  }

  @Test
  void a_database_that_does_not_answer_is_a_503_with_a_time_to_wait() {
    try (Database nowhere = new Database("jdbc:mysql://127.0.0.1:1/asyncmpdb?user=app", 1)) {
      ProblemException refusal = assertThrows(ProblemException.class, nowhere::ping);

      assertEquals(503, refusal.problem().status());
      assertEquals(2, refusal.problem().retryAfter().toSeconds());
    }
  }

  @Test
  void while_one_waits_for_a_database_that_is_away_the_others_are_refused_at_once()
      throws InterruptedException {
    try (Database nowhere = new Database("jdbc:mysql://127.0.0.1:1/asyncmpdb?user=app", 2)) {
      assertThrows(ProblemException.class, nowhere::ping);
      CompletableFuture<Void> first = new CompletableFuture<>();
      Runnable ping =
          () -> {
            assertThrows(ProblemException.class, nowhere::ping);
            first.complete(null);
          };
      Thread one = new Thread(ping);
      Thread other = new Thread(ping);
      one.start();
      other.start();
      first.join();

      assertTrue(one.isAlive() || other.isAlive(), "who waits does so for two seconds");
      one.join();
      other.join();
    }
  }
}
