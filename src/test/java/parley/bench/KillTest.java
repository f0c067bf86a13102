package parley.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {

  private static final CountingEngine.Count TWO =
      new CountingEngine.Count(List.of("a", "b"), List.of("1", "2"));

  @Test
  void an_engine_that_is_killed_three_times_loses_and_doubles_nothing(@TempDir Path folder)
      throws Exception {
    ByteArrayOutputStream story = new ByteArrayOutputStream();
    KillBench.Plan plan =
        new KillBench.Plan(
            new Random().nextLong(), 3, 400, Duration.ofMillis(1_200), Duration.ofMinutes(2));

    KillTally tally = new KillBench(folder, plan).run(new PrintStream(story, true));

    assertTrue(tally.holds(), () -> story + System.lineSeparator() + tally);
    assertEquals(3, tally.kills());
    assertTrue(tally.instances() > 0);
  }

  @Test
  void the_tally_sees_an_event_that_was_lost_and_one_that_was_counted_twice() {
    KillTally lost =
        tally(Set.of("a", "b", "c"), TWO, effect(1, "0", 0, "a"), effect(2, "0", 1, "b"));
    assertEquals(1, lost.lost());

    CountingEngine.Count twice = new CountingEngine.Count(List.of("a", "a"), List.of("1", "2"));
    KillTally doubled = tally(Set.of("a"), twice, effect(1, "0", 0, "a"), effect(2, "0", 1, "a"));
    assertEquals(1, doubled.doubled());
  }

  @Test
  void the_tally_sees_an_effect_that_is_missing_and_one_that_was_not_to_be_repeated() {
    assertEquals(1, tally(Set.of("a", "b"), TWO, effect(1, "0", 0, "a")).lost());

    KillTally allowed =
        tally(
            Set.of("a", "b"),
            TWO,
            effect(1, "0", 0, "a"),
            effect(2, "1", 1, "b"),
            effect(3, "2", 1, "b"));
    assertTrue(allowed.holds());
    assertEquals(1, allowed.repeats());

    KillTally late =
        tally(
            Set.of("a", "b"),
            TWO,
            effect(1, "0", 0, "a"),
            effect(2, "1", 1, "b"),
            effect(3, "2", 0, "a"));
    assertEquals(1, late.doubled());

    KillTally sameLife =
        tally(
            Set.of("a", "b"),
            TWO,
            effect(1, "0", 0, "a"),
            effect(2, "1", 1, "b"),
            effect(3, "1", 1, "b"));
    assertEquals(1, sameLife.doubled());
  }

  @Test
  void the_tally_sees_an_instance_that_did_not_complete() {
    KillTally stuck = tally(Set.of(), null);

    assertEquals(1, stuck.instances());
    assertEquals(0, stuck.completed());
  }

  private static KillTally tally(
      Set<String> acknowledged, CountingEngine.Count count, Effects.Effect... effects) {
    return KillTally.of(
        1, List.of(new KillTally.Ended("one", acknowledged, count)), List.of(effects));
  }

  private static Effects.Effect effect(int receipt, String life, int step, String event) {
    return new Effects.Effect(Integer.toString(receipt), life, "one", step, event);
  }
}
