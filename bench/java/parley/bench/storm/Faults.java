package parley.bench.storm;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Kills the app and takes its stores away at random moments, and looks at what comes of it. */
final class Faults {

  /** Past every short deadline, and past the time at which a sweep looks for what was lost. */
  private static final long LEAP_SECONDS = 61;

  /** In milliseconds. */
  private static final long LONGEST_START = 2_000;

  private static final long ENDING_SECONDS = 30;

  private static final Duration SLOW = Duration.ofMillis(400);

  /** Longer than the engine waits for the lock of its store. */
  private static final Duration BLOCKED = Duration.ofSeconds(8);

  private final AppProcess app;
  private final Outages outages;
  private final Healing healing;
  private final List<Violation> violations;
  private final Random random;
  private final PrintStream out;
  private int kills;
  private int leaps;

  /**
   * @param violations takes what has been seen that must not be
   */
  Faults(
      AppProcess app,
      Outages outages,
      Healing healing,
      List<Violation> violations,
      Random random,
      PrintStream out) {
    this.app = app;
    this.outages = outages;
    this.healing = healing;
    this.violations = violations;
    this.random = random;
    this.out = out;
  }

  int kills() {
    return kills;
  }

  int leaps() {
    return leaps;
  }

  /**
   * Kills the app after a random time, now and then once more while it starts, restarts it, and now
   * and then lets time leap.
   *
   * @param longest how long the app serves at the most
   */
  void kill(Duration longest) throws IOException, InterruptedException {
    long life = random.nextLong(longest.toMillis());
    park(life);
    Set<ProcessHandle> children = new HashSet<>(app.children());
    outages.begin(Outages.Away.APP);
    long began = System.nanoTime();
    app.kill();
    boolean twice = random.nextInt(4) == 0;
    if (twice) {
      app.beginRestart();
      park(random.nextLong(LONGEST_START));
      children.addAll(app.children());
      app.kill();
    }
    app.restart();
    outages.end();
    kills += twice ? 2 : 1;
    for (ProcessHandle child : children) {
      if (AppProcess.runs(child)) {
        violations.add(new Violation("a child was left", "process " + child.pid()));
      }
    }
    out.printf(
        "kill -9 after %,d ms%s, serving again after %,d ms%n",
        life,
        twice ? " and while it started" : "",
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    if (random.nextInt(3) == 0) {
      leap();
    }
  }

  private static void park(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Lets so much time pass at once that every short turn is over. */
  void leap() throws IOException {
    app.advance(LEAP_SECONDS);
    leaps++;
  }

  /**
   * Has a store suffer, and looks whether all is well soon after.
   *
   * @param time how long, where that is not up to the trouble itself
   */
  void strike(Trouble trouble, Duration time)
      throws IOException, InterruptedException, SQLException, ExecutionException, TimeoutException {
    if (trouble.ofTheEngine()) {
      slow(trouble, time);
      return;
    }
    ProcessHandle database = app.mariaDb();
    String lasting = " for " + time.toSeconds() + " s";
    outages.begin(Outages.Away.DATABASE);
    switch (trouble) {
      case FROZEN -> {
        signal("-STOP", database);
        healing.wakeDuring(time);
        outages.returning();
        signal("-CONT", database);
        heal("SIGSTOP of MariaDB" + lasting);
      }
      case ENDED, KILLED -> {
        if (trouble == Trouble.ENDED) {
          database.destroy();
        } else {
          database.destroyForcibly();
        }
        healing.wakeDuring(Duration.ZERO);
        database.onExit().get(ENDING_SECONDS, TimeUnit.SECONDS);
        outages.returning();
        heal(trouble == Trouble.ENDED ? "SIGTERM to MariaDB" : "kill -9 of MariaDB");
      }
      default -> {
        app.apart().stop(trouble == Trouble.STOPPED);
        healing.wakeDuring(time);
        outages.returning();
        app.apart().start();
        heal("MariaDB " + (trouble == Trouble.STOPPED ? "stopped" : "killed") + lasting);
      }
    }
  }

  private void heal(String what) throws SQLException {
    if (!healing.databaseIsBack()) {
      violations.add(new Violation("not healed", what + ", and it does not come back"));
    }
    outages.end();
    violations.addAll(healing.after(what));
  }

  /** Whoever plays must not notice; an event that cannot be stored in time is a 503. */
  private void slow(Trouble trouble, Duration time)
      throws IOException, InterruptedException, SQLException {
    boolean blocked = trouble == Trouble.BLOCKED_STORE;
    Duration each = blocked ? BLOCKED : SLOW;
    String what =
        blocked
            ? "the engine's store blocked for " + BLOCKED.toSeconds() + " s"
            : "commits of the engine held up for %d ms each, for %d s"
                .formatted(SLOW.toMillis(), time.toSeconds());
    outages.begin(Outages.Away.ENGINE);
    long began = System.nanoTime();
    SlowStore store = new SlowStore(app.durableStore(), each);
    healing.wakeDuring(blocked ? BLOCKED : time);
    LongSummaryStatistics moves = healing.acknowledgedSince(began);
    store.end();
    outages.end();
    out.printf(
        "%,d moves acknowledged meanwhile, after %,d ms at the most%n",
        moves.getCount(), Math.max(0, moves.getMax()));
    // What could not be told to an orchestration in time is left to the sweep.
    leap();
    violations.addAll(healing.after(what));
  }

  private static void signal(String signal, ProcessHandle process)
      throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", signal, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("kill " + signal + " ended with " + status);
    }
  }
}
