package parley.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the kills have done to a load of counting orchestrations.
 *
 * @param instances how many were started
 * @param completed how many of them came to a good end
 * @param events how many events the engine acknowledged
 * @param effects how many effects there are
 * @param repeats how many of those repeat one, because the process died before the answer to the
 *     first was durable: that is what "at least once" allows
 * @param lost acknowledged events that no orchestration has counted, and counted steps without an
 *     effect
 * @param doubled events that were counted twice, and effects done again although the first one's
 *     answer was durable
 */
record KillTally(
    int kills,
    int instances,
    int completed,
    int events,
    int effects,
    int repeats,
    int lost,
    int doubled) {

  /** Whether the engine has kept its word. */
  boolean holds() {
    return completed == instances && lost == 0 && doubled == 0;
  }

  /** What an instance must have counted, and what it has; {@code count} is null if it failed. */
  record Ended(String instance, Set<String> acknowledged, CountingEngine.Count count) {}

  static KillTally of(int kills, List<Ended> ended, List<Effects.Effect> effects) {
    Map<String, List<Effects.Effect>> byInstance = new HashMap<>();
    for (Effects.Effect effect : effects) {
      byInstance.computeIfAbsent(effect.instance(), id -> new ArrayList<>()).add(effect);
    }
    KillTally sum = new KillTally(kills, 0, 0, 0, effects.size(), 0, 0, 0);
    for (Ended one : ended) {
      sum = sum.plus(one, byInstance.getOrDefault(one.instance(), List.of()));
    }
    return sum;
  }

  private KillTally plus(Ended one, List<Effects.Effect> effects) {
    CountingEngine.Count count = one.count() == null ? CountingEngine.Count.none() : one.count();
    Set<String> counted = new HashSet<>(count.events());
    long missed = one.acknowledged().stream().filter(event -> !counted.contains(event)).count();
    Set<String> receipts = new HashSet<>();
    effects.forEach(effect -> receipts.add(effect.receipt()));
    long gone = count.receipts().stream().filter(receipt -> !receipts.contains(receipt)).count();
    int countedTwice = count.events().size() - counted.size();
    Set<Integer> steps = new HashSet<>();
    effects.forEach(effect -> steps.add(effect.step()));
    return new KillTally(
        kills,
        instances + 1,
        completed + (one.count() == null ? 0 : 1),
        events + one.acknowledged().size(),
        this.effects,
        repeats + effects.size() - steps.size(),
        lost + (int) (missed + gone),
        doubled + countedTwice + doneAgain(effects));
  }

  /**
   * A step may be done again only by a later process, for the same event, and before the next step:
   * that one is called when the answer of this one is durable.
   */
  private static int doneAgain(List<Effects.Effect> effects) {
    int wrong = 0;
    Effects.Effect before = null;
    for (Effects.Effect effect : effects) {
      boolean again = before != null && effect.step() == before.step();
      boolean allowed =
          again
              ? !effect.life().equals(before.life()) && effect.event().equals(before.event())
              : effect.step() == (before == null ? 0 : before.step() + 1);
      wrong += allowed ? 0 : 1;
      before = effect;
    }
    return wrong;
  }

  @Override
  public String toString() {
    return String.format(
        "kills %,d, instances %,d, completed %,d%n"
            + "events acknowledged %,d, effects %,d, of which repeats %,d (at least once)%n"
            + "lost %,d, doubled commits %,d",
        kills, instances, completed, events, effects, repeats, lost, doubled);
  }
}
