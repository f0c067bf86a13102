package parley.matchmaking;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import parley.matchmaking.rules.Buckets;
import parley.platform.Json;

/** Reads the setting {@code MATCHMAKING_BUCKETS}. */
public final class BucketSettings {

  private BucketSettings() {}

  /**
   * Reads it.
   *
   * @param json {@code {"*": {"capacity": 4, "timeout": 60}, "mode=ranked;region=eu": {…}}}, the
   *     timeout in seconds
   * @throws IllegalArgumentException if it is not that; the message names the setting
   */
  public static Buckets read(String json) {
    try {
      Map<String, Buckets.Rule> rules = new HashMap<>();
      Json.readObject(json).forEach((name, rule) -> rules.put(name, rule(rule)));
      return new Buckets(rules);
    } catch (Json.MalformedException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the setting MATCHMAKING_BUCKETS is not as it should be: " + e.getMessage(), e);
    }
  }

  private static Buckets.Rule rule(Object rule) {
    if (rule instanceof Map<?, ?> fields
        && fields.get("capacity") instanceof Integer capacity
        && fields.get("timeout") instanceof Integer timeout) {
      return new Buckets.Rule(capacity, Duration.ofSeconds(timeout));
    }
    throw new IllegalArgumentException(
        "each bucket has a capacity and a timeout, both whole numbers");
  }
}
