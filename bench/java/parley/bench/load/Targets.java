package parley.bench.load;

/**
 * What must hold on two cores, with the load program on the same ones: the best durable peer that
 * was measured so, Nakama with storage writes.
 */
final class Targets {

  static final long RESIDENT_MB = 600;

  private static final double MOVES_PER_SECOND = 2_610;
  private static final double P99_MILLIS = 46;
  private static final double CPU_MILLIS = 0.64;

  private static final double SUSTAINED_MOVES_PER_SECOND = 1_000;
  private static final double SUSTAINED_LAG_MILLIS = 5_000;

  private Targets() {}

  static boolean hold(Measured round) {
    return round.movesPerSecond() >= MOVES_PER_SECOND
        && round.latencies().millis(99) <= P99_MILLIS
        && round.spent().processors() <= CPU_MILLIS;
  }

  static boolean holdWithoutAPause(Measured sustained) {
    return sustained.movesPerSecond() >= SUSTAINED_MOVES_PER_SECOND
        && sustained.lags().millis(99) <= SUSTAINED_LAG_MILLIS;
  }
}
