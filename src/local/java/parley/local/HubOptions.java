package parley.local;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import parley.local.eventhubs.trigger.TriggerOptions;
import parley.local.services.StartException;

/**
 * How the event hubs of the local host are.
 *
 * @param partitions how many a new hub gets; {@code -Dhubs.partitions}, 4
 * @param retention how long events are kept; {@code -Dhubs.days}, 1
 * @param triggers how functions get them; in {@code host.json}
 */
public record HubOptions(int partitions, Duration retention, TriggerOptions triggers) {

  public static final HubOptions DEFAULT =
      new HubOptions(4, Duration.ofDays(1), TriggerOptions.DEFAULT);

  /**
   * Reads the options.
   *
   * @throws StartException if one of them is wrong; the message names it
   */
  static HubOptions of(Properties properties, Path hostJson) {
    return new HubOptions(
        number(properties, "hubs.partitions", 4, 32),
        Duration.ofDays(number(properties, "hubs.days", 1, 90)),
        triggers(hostJson));
  }

  private static int number(Properties properties, String name, int otherwise, int most) {
    String text = properties.getProperty(name, Integer.toString(otherwise));
    if (!text.matches("[1-9]\\d?") || Integer.parseInt(text) > most) {
      throw new StartException("-D%s=%s is none of 1 to %d".formatted(name, text, most));
    }
    return Integer.parseInt(text);
  }

  private static TriggerOptions triggers(Path hostJson) {
    JsonMapper json =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();
    try {
      return TriggerOptions.of(json.readTree(Files.readString(hostJson)));
    } catch (IOException e) {
      throw new StartException(hostJson + " cannot be read: " + e.getMessage(), e);
    }
  }
}
