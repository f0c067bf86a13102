package parley.local.eventhubs.log;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event hub.
 *
 * @param name in lower case, for case does not count in it
 * @param partitions by their numbers
 */
public record Hub(String name, Instant createdAt, List<Partition> partitions) {

  public Hub {
    partitions = List.copyOf(partitions);
  }

  /** The partition of this id, which is its number as text. */
  public Optional<Partition> partition(String id) {
    return partitions.stream().filter(p -> id.equals(Integer.toString(p.number()))).findFirst();
  }
}
