package parley.bench.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** When what was away, so that each answer can be held against it. Times are of one clock. */
final class Outages {

  /** Until the last request that found the database there has its answer. */
  private static final long DRAINING = TimeUnit.SECONDS.toNanos(1);

  private static final long FOR_EVER = Long.MAX_VALUE / 2;

  private final List<Outage> outages = new ArrayList<>();
  private final long healing;

  /**
   * @param healing how long after its return everything must be well again
   */
  Outages(Duration healing) {
    this.healing = healing.toNanos();
  }

  /**
   * A time without something.
   *
   * @param returning from when on it may have been back
   * @param until when it was back for certain
   * @param away what it was
   */
  private record Outage(long from, long returning, long until, Away away) {}

  /** What can be away. */
  enum Away {
    APP,
    DATABASE,
    /** The engine's store, which only those notice who raise events themselves. */
    ENGINE
  }

  /** Something goes away. */
  synchronized void begin(Away away) {
    outages.add(new Outage(System.nanoTime(), FOR_EVER, FOR_EVER, away));
  }

  /** It is being brought back. */
  synchronized void returning() {
    Outage last = outages.remove(outages.size() - 1);
    outages.add(new Outage(last.from(), System.nanoTime(), FOR_EVER, last.away()));
  }

  /** It is back. */
  synchronized void end() {
    Outage last = outages.remove(outages.size() - 1);
    outages.add(new Outage(last.from(), last.returning(), System.nanoTime(), last.away()));
  }

  /** Why an exchange should have had another answer, as far as what was away goes; or null. */
  synchronized String wrong(Exchange exchange) {
    if (exchange.status() == 503 && !exchange.retryAfter()) {
      return "503 without Retry-After";
    }
    if (exchange.status() == 503 && !excused(exchange)) {
      return "503 while nothing was away";
    }
    if (exchange.status() == 0 && !restarted(exchange)) {
      return "no answer from an app that was there";
    }
    boolean served = exchange.status() < 300 && !exchange.act().raised();
    return served && outages.stream().anyMatch(outage -> within(outage, exchange))
        ? "served without a database"
        : null;
  }

  private boolean excused(Exchange exchange) {
    return outages.stream()
        .anyMatch(
            outage ->
                (outage.away() != Away.ENGINE || exchange.act().raised())
                    && exchange.answered() >= outage.from()
                    && exchange.sent() <= outage.until() + healing);
  }

  private boolean restarted(Exchange exchange) {
    return outages.stream()
        .anyMatch(
            outage ->
                outage.away() == Away.APP
                    && exchange.answered() >= outage.from()
                    && exchange.sent() <= outage.until());
  }

  private static boolean within(Outage outage, Exchange exchange) {
    return outage.away() == Away.DATABASE
        && exchange.sent() > outage.from() + DRAINING
        && exchange.answered() < outage.returning();
  }
}
