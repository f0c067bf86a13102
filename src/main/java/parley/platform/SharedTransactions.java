package parley.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import parley.platform.Database.Write;

/**
 * Writes of several callers in one transaction and one round trip. If the database refuses one, or
 * one waits for a lock in vain, all are rolled back, and each caller's are written by themselves.
 */
final class SharedTransactions {

  private static final int MOST_CALLERS = 32;

  /**
   * Far longer than a commit takes, and far shorter than what may hold one up: a row that is
   * locked, a connection that has died.
   */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Comparator<Write> LOCKING =
      Comparator.comparing(Write::table).thenComparing(Write::key);

  private static final int DUPLICATE_KEY = 1062;

  private final Database database;
  private final GroupCommit<List<Write>, Optional<int[]>> callers =
      new GroupCommit<>(MOST_CALLERS, PATIENCE, this::together);

  SharedTransactions(Database database) {
    this.database = database;
  }

  /** A statement was refused, and what came before it in its transaction has been undone. */
  private static final class RolledBack extends SQLException {
    private static final long serialVersionUID = 1L;

    RolledBack(SQLException cause) {
      super(cause.getMessage(), cause.getSQLState(), cause.getErrorCode(), cause);
    }
  }

  /** Commits a caller's writes; returns the affected rows of each. */
  int[] commit(List<Write> writes) {
    return callers.commit(writes).orElseGet(() -> alone(writes));
  }

  /** Commits a caller's writes in a transaction of their own. */
  int[] alone(List<Write> writes) {
    return database.query(
        connection -> {
          try {
            return execute(connection, writes);
          } catch (RolledBack e) {
            if (e.getErrorCode() == DUPLICATE_KEY) {
              throw new DuplicateKeyException(e);
            }
            throw e;
          }
        });
  }

  /** Empty for each if one of several was refused. */
  private List<Optional<int[]>> together(List<List<Write>> all) {
    if (all.size() == 1) {
      return List.of(Optional.of(alone(all.get(0))));
    }
    return database.query(
        connection -> {
          try {
            return parted(all, execute(connection, all.stream().flatMap(List::stream).toList()));
          } catch (RolledBack e) {
            return Collections.nCopies(all.size(), Optional.empty());
          }
        });
  }

  private static List<Optional<int[]>> parted(List<List<Write>> all, int[] counts) {
    List<Optional<int[]>> parts = new ArrayList<>();
    int from = 0;
    for (List<Write> writes : all) {
      parts.add(Optional.of(Arrays.copyOfRange(counts, from, from + writes.size())));
      from += writes.size();
    }
    return parts;
  }

  private static int[] execute(Connection connection, List<Write> writes) throws SQLException {
    // Rows are locked in one order, so that transactions hardly ever wait for each other; where two
    // do, because a foreign key has its row locked, too, the database refuses one.
    int[] order =
        IntStream.range(0, writes.size())
            .boxed()
            .sorted(Comparator.comparing(writes::get, LOCKING))
            .mapToInt(Integer::intValue)
            .toArray();
    StringJoiner sql = new StringJoiner("; ", "START TRANSACTION; ", "; COMMIT");
    List<Object> values = new ArrayList<>();
    for (int i : order) {
      sql.add(writes.get(i).sql());
      values.addAll(Arrays.asList(writes.get(i).values()));
    }
    int[] counts = new int[writes.size()];
    try (PreparedStatement all = Database.prepare(connection, sql.toString(), values.toArray())) {
      all.execute();
      for (int i : order) {
        all.getMoreResults();
        counts[i] = all.getUpdateCount();
      }
    } catch (SQLException e) {
      rollBack(connection, e);
      throw new RolledBack(e);
    }
    return counts;
  }

  private static void rollBack(Connection connection, SQLException refused) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // If the COMMIT was on its way, nobody knows what became of it.
      refused.addSuppressed(e);
      throw new SQLNonTransientConnectionException("the connection was lost", refused);
    }
  }
}
