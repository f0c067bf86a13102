package parley.local.eventhubs.message;

import org.apache.qpid.proton.amqp.Symbol;

/** The names that Event Hubs gives to what it knows of an event. */
final class Annotations {

  static final Symbol SEQUENCE = Symbol.valueOf("x-opt-sequence-number");
  static final Symbol OFFSET = Symbol.valueOf("x-opt-offset");
  static final Symbol ENQUEUED = Symbol.valueOf("x-opt-enqueued-time");
  static final Symbol PARTITION_KEY = Symbol.valueOf("x-opt-partition-key");

  /** In delivery annotations: where the partition ends, as seen when the event was read. */
  static final Symbol LAST_SEQUENCE = Symbol.valueOf("last_enqueued_sequence_number");

  static final Symbol LAST_OFFSET = Symbol.valueOf("last_enqueued_offset");
  static final Symbol LAST_ENQUEUED = Symbol.valueOf("last_enqueued_time_utc");
  static final Symbol RETRIEVED = Symbol.valueOf("runtime_info_retrieval_time_utc");

  private Annotations() {}
}
