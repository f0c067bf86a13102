package parley.bench.storm;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Kills the app and takes its database away at random moments, and looks at what comes of it. */
final class Faults {

  /** Past every short deadline, and past the time at which a sweep looks for what was lost. */
  private static final long LEAP_SECONDS = 61;

  private static final long LONGEST_HEALING = TimeUnit.SECONDS.toNanos(10);

  private final AppProcess app;
  private final Api api;
  private final Outages outages;
  private final Random random;
  private final PrintStream out;
  private final List<Violation> violations = new ArrayList<>();
  private int kills;
  private int leaps;

  Faults(AppProcess app, Api api, Outages outages, Random random, PrintStream out) {
    this.app = app;
    this.api = api;
    this.outages = outages;
    this.random = random;
    this.out = out;
  }

  /** What has been seen that must not be. */
  List<Violation> violations() {
    return violations;
  }

  int kills() {
    return kills;
  }

  int leaps() {
    return leaps;
  }

  /**
   * Kills the app after a random time, restarts it, and now and then lets time leap.
   *
   * @param longest how long the app serves at the most
   */
  void kill(Duration longest) throws IOException, InterruptedException {
    long life = random.nextLong(longest.toMillis());
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(life));
    ProcessHandle database = app.mariaDb();
    outages.begin(false);
    long began = System.nanoTime();
    app.killAndRestart();
    outages.end();
    kills++;
    if (AppProcess.runs(database)) {
      violations.add(new Violation("a child was left", "process " + database.pid()));
    }
    out.printf(
        "kill -9 after %,d ms, serving again after %,d ms%n",
        life, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    if (random.nextInt(3) == 0) {
      leap();
    }
  }

  /** Lets so much time pass at once that every short turn is over. */
  void leap() throws IOException {
    app.advance(LEAP_SECONDS);
    leaps++;
  }

  /** Stops the database in the middle of what it does, and lets it go on. */
  void freeze(Duration time) throws IOException, InterruptedException {
    ProcessHandle database = app.mariaDb();
    outages.begin(true);
    signal("-STOP", database);
    LockSupport.parkNanos(time.toNanos());
    outages.returning();
    signal("-CONT", database);
    heal("SIGSTOP of MariaDB for " + time.toSeconds() + " s");
  }

  /** Ends the database; the host starts it again by itself. */
  void endDatabase(boolean inGoodOrder) throws IOException {
    ProcessHandle database = app.mariaDb();
    outages.begin(true);
    if (inGoodOrder) {
      database.destroy();
    } else {
      database.destroyForcibly();
    }
    outages.returning();
    heal(inGoodOrder ? "SIGTERM to MariaDB" : "kill -9 of MariaDB");
  }

  private void heal(String what) {
    long began = System.nanoTime();
    boolean well = api.healthy();
    while (!well && System.nanoTime() - began < LONGEST_HEALING) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      well = api.healthy();
    }
    outages.end();
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    if (!well) {
      violations.add(new Violation("not healed", what + ", and still not well"));
    }
    out.printf("%s, well again %,d ms after its return%n", what, took);
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
