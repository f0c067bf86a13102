package parley.local.eventhubs.log;

/**
 * An event that is to be kept.
 *
 * @param partitionKey may be null
 * @param annotations the sender's own message annotations as an AMQP section, or null
 * @param message the AMQP sections of the bare message: properties, application properties, body
 */
public record NewEvent(String partitionKey, byte[] annotations, byte[] message) {

  /** What it takes, about. */
  public int bytes() {
    return message.length
        + (annotations == null ? 0 : annotations.length)
        + (partitionKey == null ? 0 : partitionKey.length());
  }
}
