package parley.local.engine.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.local.engine.turn.Instance;

/**
 * Some of the instances that a query asked for, by id.
 *
 * @param next what the query for the rest starts {@link InstanceQuery#after after}; empty if this
 *     was all
 */
public record Page(List<Instance> instances, Optional<String> next) {

  /** Takes in instances until they are as many as asked for, or their payloads enough to hold. */
  static final class Filling {

    private static final int MOST_CHARACTERS = 4 << 20;

    private final int limit;
    private final List<Instance> instances = new ArrayList<>();
    private long characters;
    private boolean more;

    Filling(int limit) {
      this.limit = limit;
    }

    boolean take(ResultSet row) throws SQLException {
      more = instances.size() == limit || characters > MOST_CHARACTERS;
      if (!more) {
        Instance instance = InstanceRow.read(row);
        instances.add(instance);
        characters += length(instance.input()) + length(instance.output());
      }
      return !more;
    }

    Page page() {
      return new Page(
          instances,
          more ? Optional.of(instances.get(instances.size() - 1).id()) : Optional.empty());
    }

    private static int length(String text) {
      return text == null ? 0 : text.length();
    }
  }
}
