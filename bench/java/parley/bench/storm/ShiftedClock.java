package parley.bench.storm;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's time and a bit more, so that deadlines pass without waiting for them. */
final class ShiftedClock extends Clock {

  private volatile Duration ahead;

  ShiftedClock(Duration ahead) {
    this.ahead = ahead;
  }

  void advanceTo(Duration further) {
    ahead = further;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("everything is in UTC");
  }
}
