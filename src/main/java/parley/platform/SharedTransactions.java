package parley.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.platform.Database.Write;

/**
 * Writes of several callers in one transaction and one round trip. If the database refuses one, all
 * are rolled back, and each caller's are written by themselves.
 */
final class SharedTransactions {

  /** More than there are requests that a process handles at once. */
  private static final int MOST = 32;

  /**
   * Far longer than a commit takes, and far shorter than what may hold one up: a row that is
   * locked, a connection that has died.
   */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final int DUPLICATE_KEY = 1062;

  private final Database database;
  private final GroupCommit<List<Write>, Optional<int[]>> callers =
      new GroupCommit<>(MOST, PATIENCE, this::together);

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
    int[] from = {0};
    return all.stream()
        .map(writes -> Arrays.copyOfRange(counts, from[0], from[0] += writes.size()))
        .map(Optional::of)
        .toList();
  }

  private static int[] execute(Connection connection, List<Write> writes) throws SQLException {
    // Rows are locked in one order everywhere, so that no two transactions wait for each other.
    List<Write> ordered =
        writes.stream().sorted(Comparator.comparing(Write::sql).thenComparing(Write::key)).toList();
    String sql =
        ordered.stream()
            .map(Write::sql)
            .collect(Collectors.joining("; ", "START TRANSACTION; ", "; COMMIT"));
    Object[] values = ordered.stream().flatMap(write -> Stream.of(write.values())).toArray();
    Map<Write, Integer> counts = new IdentityHashMap<>();
    try (PreparedStatement all = Database.prepare(connection, sql, values)) {
      all.execute();
      for (Write write : ordered) {
        all.getMoreResults();
        counts.put(write, all.getUpdateCount());
      }
    } catch (SQLException e) {
      rollBack(connection, e);
      throw new RolledBack(e);
    }
    return writes.stream().mapToInt(counts::get).toArray();
  }

  private static void rollBack(Connection connection, SQLException refused) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // The connection is lost, and whether it was committed is not known.
      refused.addSuppressed(e);
      throw refused;
    }
  }
}
