package parley.platform;

/**
 * How long a task is to wait for others that could take its place, by how many come a second. It
 * goes by what comes and not by what waits, which would keep itself waiting.
 */
final class Gathering {

  /** So many tasks a second are done at once. */
  private static final double FEW = 400;

  /** From so many on each waits for the longest time. */
  private static final double MANY = 1_000;

  private static final long LONGEST_MILLIS = 1_000;

  /**
   * How far it looks back: so short that a rush is noticed within its first tenth of a second, so
   * long that a few that come together are none.
   */
  private static final double LOOK_BACK_SECONDS = 0.2;

  private static final double NANOS = 1e9;

  private double perSecond;
  private long lastCame;

  /**
   * Counts a task.
   *
   * @param now when it comes, by {@link System#nanoTime}
   * @return the milliseconds that it is to wait
   */
  long millisAt(long now) {
    double lookBacks = Math.max(0, now - lastCame) / NANOS / LOOK_BACK_SECONDS;
    perSecond = perSecond * Math.exp(-lookBacks) + 1 / LOOK_BACK_SECONDS;
    lastCame = now;
    double load = (perSecond - FEW) / (MANY - FEW);
    return Math.round(LONGEST_MILLIS * Math.max(0, Math.min(1, load)));
  }
}
