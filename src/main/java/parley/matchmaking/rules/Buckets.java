package parley.matchmaking.rules;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which buckets there are, and how their sessions are. */
public final class Buckets {

  /** Stands for every bucket that has no rule of its own. */
  private static final String ANY = "*";

  private final Map<String, Rule> rules = new HashMap<>();

  /**
   * How sessions of a bucket are.
   *
   * @param capacity players of a session, 2 to 256
   * @param timeout how long a player waits who has not said, 1 s to 1 h
   */
  public record Rule(int capacity, Duration timeout) {
    public Rule {
      if (capacity < 2 || capacity > 256) {
        throw new IllegalArgumentException("a session seats 2 to 256 players, got " + capacity);
      }
      requireTimeout(timeout);
    }
  }

  /**
   * @param rules by the names of buckets, their keys in any order, or {@code *} for all others
   * @throws IllegalArgumentException if a name is none
   */
  public Buckets(Map<String, Rule> rules) {
    rules.forEach(
        (name, rule) -> this.rules.put(name.equals(ANY) ? ANY : Bucket.parse(name).name(), rule));
  }

  /** How sessions of this bucket are; empty if it is not to be. */
  public Optional<Rule> rule(Bucket bucket) {
    return Optional.ofNullable(rules.getOrDefault(bucket.name(), rules.get(ANY)));
  }

  /**
   * @throws IllegalArgumentException if nobody may wait that long
   */
  public static void requireTimeout(Duration timeout) {
    if (timeout.toSeconds() < 1 || timeout.toSeconds() > 3_600) {
      throw new IllegalArgumentException(
          "a player waits 1 to 3600 seconds, got " + timeout.toSeconds());
    }
  }
}
