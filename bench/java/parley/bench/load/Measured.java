package parley.bench.load;

/**
 * What was measured while games were played.
 *
 * @param latencies from the request of a move to its answer
 * @param lags from the answer of a move to its orchestration's having reached that version
 */
record Measured(double seconds, Latencies latencies, Latencies lags, Meter.Spent spent) {

  double movesPerSecond() {
    return latencies.count() / seconds;
  }

  @Override
  public String toString() {
    return "%.0f moves/s, p50 %.1f ms, p99 %.1f ms; lag p50 %.0f ms, p99 %.0f ms; %s"
        .formatted(
            movesPerSecond(),
            latencies.millis(50),
            latencies.millis(99),
            lags.millis(50),
            lags.millis(99),
            spent);
  }
}
