package parley.matchmaking.rules;

import java.util.Arrays;
import java.util.OptionalDouble;

/** How long players of a bucket have lately waited until they were matched. */
public final class Waits {

  /** Of nobody. */
  public static final Waits NONE = new Waits(new double[0]);

  private final double[] seconds;

  /**
   * @param seconds in any order
   */
  public Waits(double[] seconds) {
    this.seconds = seconds.clone();
    Arrays.sort(this.seconds);
  }

  /**
   * The wait that a part of the players did not exceed; empty if nobody was matched lately.
   *
   * @param part 0 to 1
   */
  public OptionalDouble percentile(double part) {
    return percentile(part, 0);
  }

  /**
   * How long a player is likely to go on waiting who has waited so long: the median of those who
   * had waited as long. Empty if there is none, for then nothing is known.
   */
  public OptionalDouble remaining(double waited) {
    int longer = 0;
    while (longer < seconds.length && seconds[longer] < waited) {
      longer++;
    }
    OptionalDouble median = percentile(0.5, longer);
    return median.isEmpty() ? median : OptionalDouble.of(median.getAsDouble() - waited);
  }

  private OptionalDouble percentile(double part, int from) {
    int count = seconds.length - from;
    if (count == 0) {
      return OptionalDouble.empty();
    }
    int rank = Math.max(1, (int) Math.ceil(part * count));
    return OptionalDouble.of(seconds[from + rank - 1]);
  }
}
