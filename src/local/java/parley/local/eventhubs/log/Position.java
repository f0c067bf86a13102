package parley.local.eventhubs.log;

/** Where in a partition somebody wants to begin reading. */
public sealed interface Position {

  /** At the oldest event that is kept. */
  record Earliest() implements Position {}

  /** At the next event to come. */
  record Latest() implements Position {}

  /** At the event with this offset, or the one after it. */
  record Offset(long offset, boolean inclusive) implements Position {}

  /** At the event with this sequence number, or the one after it. */
  record Sequence(long sequence, boolean inclusive) implements Position {}

  /** At the first event of this time, in milliseconds since 1970, or the first after it. */
  record Time(long millis, boolean inclusive) implements Position {}
}
