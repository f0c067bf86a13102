package parley.local.eventhubs.log;

/**
 * An event that is kept.
 *
 * @param sequence its number in the partition, without gaps
 * @param offset where it begins in the partition, in bytes
 * @param enqueuedAt when it came, in milliseconds since 1970
 * @param event what was sent
 */
public record StoredEvent(long sequence, long offset, long enqueuedAt, NewEvent event) {}
