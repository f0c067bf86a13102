package parley.bench.load;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What everything that serves takes from now on: the processors' time, and what MariaDB counts. */
final class Meter {

  private final ServedApp app;
  private final List<ProcessHandle> processes;
  private final List<Duration> before;
  private final Map<String, Long> counted;

  Meter(ServedApp app) throws IOException, SQLException {
    this.app = app;
    processes = List.of(app.jvm(), app.mariaDb());
    counted = counters(app);
    before = processes.stream().map(Usage::processorTime).toList();
  }

  /** For each of so many moves. */
  Spent each(int moves) throws SQLException {
    Map<String, Long> now = counters(app);
    return new Spent(
        millis(0) / moves,
        millis(1) / moves,
        counted(now, "Questions") / moves,
        counted(now, "Com_commit") / moves,
        counted(now, "Innodb_data_fsyncs") / moves);
  }

  /**
   * What a move costs.
   *
   * @param jvm milliseconds of a processor
   * @param mariaDb milliseconds of a processor
   * @param statements that the app has sent
   * @param commits of transactions that have written
   * @param syncs of MariaDB's log and data to the disk, each for all that waited for it
   */
  record Spent(double jvm, double mariaDb, double statements, double commits, double syncs) {

    double processors() {
      return jvm + mariaDb;
    }

    @Override
    public String toString() {
      return "%.3f CPU-ms a move (JVM %.3f, MariaDB %.3f), %.2f statements, %.2f commits, %.2f syncs"
          .formatted(processors(), jvm, mariaDb, statements, commits, syncs);
    }
  }

  private double millis(int process) {
    Duration spent = Usage.processorTime(processes.get(process)).minus(before.get(process));
    return spent.toNanos() / 1e6;
  }

  private double counted(Map<String, Long> now, String name) {
    return now.get(name) - counted.get(name);
  }

  private static Map<String, Long> counters(ServedApp app) throws SQLException {
    Map<String, Long> counters = new HashMap<>();
    String sql =
        "SHOW GLOBAL STATUS WHERE Variable_name IN"
            + " ('Questions', 'Com_commit', 'Innodb_data_fsyncs')";
    try (Connection connection = DriverManager.getConnection(app.database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        counters.put(row.getString(1), row.getLong(2));
      }
    }
    return counters;
  }
}
