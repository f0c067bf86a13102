package parley.game.rules;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long a player has for a turn: {@code turnSeconds} among a session's settings. */
final class TurnTime {

  private static final String NAME = "turnSeconds";
  private static final long LEAST = 60;
  private static final long MOST = Duration.ofDays(30).toSeconds();
  private static final Duration DEFAULT = Duration.ofHours(24);

  private TurnTime() {}

  /** The time for a turn, where the settings were found right. */
  static Duration of(Map<String, Object> settings) {
    Object seconds = settings.get(NAME);
    return seconds == null ? DEFAULT : Duration.ofSeconds((Integer) seconds);
  }

  /** What is wrong with the settings in this respect, or empty. */
  static Optional<Turn.Refused> refusal(Map<String, Object> settings) {
    if (!settings.containsKey(NAME)) {
      return Optional.empty();
    }
    Object seconds = settings.get(NAME);
    if (!(seconds instanceof Integer || seconds instanceof Long || seconds instanceof BigInteger)) {
      return Optional.of(Turn.Refused.malformed("settings.turnSeconds must be a whole number"));
    }
    if (seconds instanceof Integer value && value >= LEAST && value <= MOST) {
      return Optional.empty();
    }
    return Optional.of(
        Turn.Refused.illegalSettings(
            "settings.turnSeconds is " + LEAST + " to " + MOST + ", got " + seconds));
  }
}
