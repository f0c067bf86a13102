package parley.local.eventhubs.trigger;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The section {@code extensions.eventHubs} of {@code host.json}, as far as it is served.
 *
 * @param maxEventBatchSize events that one call gets at most
 * @param prefetchCount events that wait in memory for each partition
 * @param batchCheckpointFrequency batches after which a checkpoint is made
 */
public record TriggerOptions(
    int maxEventBatchSize, int prefetchCount, int batchCheckpointFrequency) {

  /** What the extension does on its own. */
  public static final TriggerOptions DEFAULT = new TriggerOptions(100, 300, 1);

  public TriggerOptions {
    requirePositive("maxEventBatchSize", maxEventBatchSize);
    requirePositive("prefetchCount", prefetchCount);
    requirePositive("batchCheckpointFrequency", batchCheckpointFrequency);
  }

  /**
   * Reads them.
   *
   * @param hostJson the whole of {@code host.json}
   * @throws IllegalArgumentException if a value is wrong or not served; the message names it
   */
  public static TriggerOptions of(JsonNode hostJson) {
    JsonNode section = hostJson.at("/extensions/eventHubs");
    if (section.path("minEventBatchSize").asInt(1) > 1) {
      throw new IllegalArgumentException(
          "host.json: the local host serves no eventHubs/minEventBatchSize but 1");
    }
    return new TriggerOptions(
        section.path("maxEventBatchSize").asInt(DEFAULT.maxEventBatchSize()),
        section.path("prefetchCount").asInt(DEFAULT.prefetchCount()),
        section.path("batchCheckpointFrequency").asInt(DEFAULT.batchCheckpointFrequency()));
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "host.json: eventHubs/%s is %d, and must be at least 1".formatted(name, value));
    }
  }
}
