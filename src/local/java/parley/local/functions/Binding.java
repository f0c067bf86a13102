package parley.local.functions;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entry of a function's {@code bindings}, as {@code function.json} holds it.
 *
 * @param type such as {@code httpTrigger}
 * @param direction {@code in} or {@code out}
 * @param name the parameter that the binding feeds, or {@code $return}
 * @param properties the rest; enums by name, arrays as lists
 */
public record Binding(String type, String direction, String name, Map<String, Object> properties) {

  public Binding {
    properties = Map.copyOf(properties);
  }

  /** Whether this is what makes the function run. */
  public boolean isTrigger() {
    return type.endsWith("Trigger");
  }

  /** A property as text, or an empty string where the annotation keeps its default. */
  public String text(String property) {
    return String.valueOf(properties.getOrDefault(property, ""));
  }

  /** The JSON object that {@code function.json} has for this binding. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", type);
    json.put("direction", direction);
    json.put("name", name);
    json.putAll(properties);
    return json;
  }
}
