package parley.local.eventhubs.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parley.local.eventhubs.log.Partition;

/**
 * Who reads which partition for which consumer group. Among readers with an owner level the highest
 * and latest one reads alone; without levels, a few may read at once.
 */
final class Epochs {

  /** As in Azure. */
  private static final int MOST_READERS = 5;

  private final Map<Seat, List<Reader>> readers = new HashMap<>();

  private record Seat(Partition partition, String group) {}

  /** Somebody who reads. */
  interface Reader {

    /** The owner level, or null. */
    Long epoch();

    /** Loses the link. */
    void stolen(Refusal why);
  }

  /**
   * Lets a reader in, and those out that must give way to it.
   *
   * @throws Refusal if it must give way itself
   */
  void enter(Partition partition, String group, Reader reader) throws Refusal {
    List<Reader> present = readers.computeIfAbsent(seat(partition, group), s -> new ArrayList<>());
    Long epoch = reader.epoch();
    for (Reader other : present) {
      if (other.epoch() != null && (epoch == null || epoch < other.epoch())) {
        throw Refusal.stolen(
            "%s is read by a receiver with epoch %d, higher than that of a new receiver: %s."
                .formatted(partition, other.epoch(), epoch == null ? "none" : epoch));
      }
    }
    if (epoch == null && present.size() >= MOST_READERS) {
      throw Refusal.tooMany(
          "%s is read by %d receivers of the consumer group already."
              .formatted(partition, MOST_READERS));
    }
    if (epoch != null) {
      Refusal why =
          Refusal.stolen(
              "A new receiver of %s has the epoch %d; the present one is disconnected."
                  .formatted(partition, epoch));
      List<Reader> leaving = List.copyOf(present);
      present.clear();
      leaving.forEach(other -> other.stolen(why));
    }
    present.add(reader);
  }

  void leave(Partition partition, String group, Reader reader) {
    List<Reader> present = readers.get(seat(partition, group));
    if (present != null && present.remove(reader) && present.isEmpty()) {
      readers.remove(seat(partition, group));
    }
  }

  private static Seat seat(Partition partition, String group) {
    return new Seat(partition, group.toLowerCase(Locale.ROOT));
  }
}
