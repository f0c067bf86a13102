package parley.bench.storm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StormTest {

  private static final long SEED = 20_270_101;

  /** In target, where the unpacked MariaDB of the last run is still good. */
  private static final Path FOLDER = Path.of("target", "storm-test");

  @Test
  void games_in_a_storm_with_three_kills_are_what_the_model_says() throws Exception {
    ByteArrayOutputStream story = new ByteArrayOutputStream();
    Plan plan =
        new Plan(
            SEED,
            60,
            12,
            3,
            Duration.ofMillis(2_500),
            false,
            List.of(Trouble.FROZEN, Trouble.SLOW_STORE, Trouble.KILLED),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1));

    Tally tally = new Storm(FOLDER, plan, new PrintStream(story, true)).run();

    assertTrue(tally.holds(), () -> story + System.lineSeparator() + tally);
    assertTrue(tally.kills() >= 3);
    assertTrue(tally.moves() > 0);
  }
}
