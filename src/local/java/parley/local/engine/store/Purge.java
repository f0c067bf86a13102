package parley.local.engine.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The changes that forget instances. Only finished ones are forgotten, and a change takes on few of
 * them, so that others get their turn in between.
 */
public final class Purge {

  private Purge() {}

  /**
   * What one step has done.
   *
   * @param next what the next step looks behind; empty if this was the last
   */
  public record Step(int purged, Optional<String> next) {}

  /** Forgets an instance if it has finished; returns how many were forgotten. */
  public static Change<Integer> one(String id) {
    return (rows, effects) -> {
      Optional<UpkeepRows.Brief> finished =
          rows.upkeep().brief(id).filter(UpkeepRows.Brief::finished);
      if (finished.isPresent()) {
        StartAndEnd.forget(rows, finished.get());
      }
      return finished.isPresent() ? 1 : 0;
    };
  }

  /** Looks at as many instances as the query asks for, and forgets those that have finished. */
  public static Change<Step> step(InstanceQuery query) {
    return (rows, effects) -> {
      List<UpkeepRows.Brief> found = rows.upkeep().instances(query);
      int purged = 0;
      for (UpkeepRows.Brief instance : found) {
        if (instance.finished()) {
          StartAndEnd.forget(rows, instance);
          purged++;
        }
      }
      return new Step(
          purged,
          found.size() < query.limit()
              ? Optional.empty()
              : Optional.of(found.get(found.size() - 1).id()));
    };
  }

  /** Forgets instances that finished before a time, at most so many; returns how many. */
  public static Change<Integer> finishedBefore(Instant time, int limit) {
    return (rows, effects) -> {
      List<UpkeepRows.Brief> found = rows.upkeep().finishedBefore(time, limit);
      for (UpkeepRows.Brief instance : found) {
        StartAndEnd.forget(rows, instance);
      }
      return found.size();
    };
  }

  /** Forgets everything there is, also what runs. */
  public static Change<Void> everything() {
    return (rows, effects) -> {
      rows.upkeep().deleteEverything();
      effects.startOver();
      return null;
    };
  }
}
