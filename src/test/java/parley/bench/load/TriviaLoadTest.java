package parley.bench.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestHost;

class TriviaLoadTest {

  @Test
  void each_of_a_hundred_clients_hears_of_every_clue_and_of_twenty_guesses_a_second(
      @TempDir Path state) throws Exception {
    try (TestHost app = TestHost.inRealTime(state, Map.of("TRIVIA_BEAT_SECONDS", "1"))) {
      TriviaLoad.Tally tally =
          new TriviaLoad(
                  app.host().httpPort(), app.host().functionKey(), new TriviaLoad.Plan(100, 20, 3))
              .run();

      assertTrue(tally.isComplete(), () -> "" + tally);
      assertTrue(tally.clues() >= 3, () -> "" + tally);
      assertTrue(tally.guesses() >= 20, () -> "" + tally);
    }
  }
}
