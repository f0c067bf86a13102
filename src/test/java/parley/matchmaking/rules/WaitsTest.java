package parley.matchmaking.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitsTest {

  private static final Waits HUNDRED =
      new Waits(IntStream.rangeClosed(1, 100).map(i -> 101 - i).asDoubleStream().toArray());

  @Test
  void a_percentile_is_the_wait_that_so_many_did_not_exceed() {
    assertEquals(OptionalDouble.of(50), HUNDRED.percentile(0.5));
    assertEquals(OptionalDouble.of(95), HUNDRED.percentile(0.95));
    assertEquals(OptionalDouble.of(100), HUNDRED.percentile(1));
    assertEquals(OptionalDouble.of(1), HUNDRED.percentile(0));
    assertEquals(OptionalDouble.of(7), new Waits(new double[] {7}).percentile(0.95));
  }

  @Test
  void nothing_is_known_where_nobody_was_matched() {
    assertEquals(OptionalDouble.empty(), Waits.NONE.percentile(0.5));
    assertEquals(OptionalDouble.empty(), Waits.NONE.remaining(0));
  }

  @Test
  void who_has_waited_so_long_waits_as_long_as_those_did_who_had_waited_as_long() {
    assertEquals(OptionalDouble.of(50), HUNDRED.remaining(0));
    assertEquals(OptionalDouble.of(5), HUNDRED.remaining(90));
    assertEquals(OptionalDouble.of(0), HUNDRED.remaining(100));
    assertEquals(OptionalDouble.empty(), HUNDRED.remaining(100.5));
  }

  @Test
  void waits_are_those_that_were_given() {
    double[] seconds = {3, 1, 2};
    Waits waits = new Waits(seconds);
    seconds[0] = 99;
    assertEquals(OptionalDouble.of(3), waits.percentile(1));
  }
}
