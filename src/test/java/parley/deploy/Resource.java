package parley.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A resource with its values.
 *
 * @param level of the template that it stands in: its dependencies are there
 * @param loop the name of the loop that made it; empty if none did
 * @param references ids of resources of which it takes what only Azure knows
 */
record Resource(
    String level, String group, String loop, Map<String, Object> values, Set<String> references) {

  String type() {
    return String.valueOf(values.get("type"));
  }

  String name() {
    return String.valueOf(values.get("name"));
  }

  /** Whether its condition is met. */
  boolean made() {
    return !Boolean.FALSE.equals(values.get("condition"));
  }

  String id() {
    // A deployment into another group is there.
    String there = String.valueOf(values.getOrDefault("resourceGroup", group));
    String id = Evaluator.id(there, type(), List.of(name().split("/")));
    return values.containsKey("scope") ? values.get("scope") + id : id;
  }

  List<String> dependsOn() {
    return values.get("dependsOn") instanceof List<?> ids
        ? ids.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** The value at a path; null if there is none. */
  Object at(String... path) {
    Object at = values;
    for (String name : path) {
      at = Template.map(at).get(name);
    }
    return at;
  }

  /** Every value in it that is no map and no list, by path: {@code properties.logs[].enabled}. */
  Map<String, List<Object>> leaves() {
    Map<String, List<Object>> leaves = new LinkedHashMap<>();
    collect("", values, leaves);
    return leaves;
  }

  private static void collect(String path, Object value, Map<String, List<Object>> leaves) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach(
          (name, inner) -> collect(path.isEmpty() ? "" + name : path + "." + name, inner, leaves));
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      list.forEach(inner -> collect(inner instanceof Map ? path + "[]" : path, inner, leaves));
    } else {
      leaves.computeIfAbsent(path, none -> new ArrayList<>()).add(value);
    }
  }
}
