package parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the expressions of one template their values, as Azure would. What only Azure knows stays a
 * {@link Runtime}. Values are texts, whole numbers, booleans, lists, maps and null.
 */
final class Evaluator {

  /** Stands in every text that a secret has gone into. */
  static final String SECRET = "SECRET!";

  private static final Pattern PLACE = Pattern.compile("\\{(\\d+)\\}");

  private final String resourceGroup;
  private final Map<String, Object> parameters;
  private final JsonNode variables;
  private final Map<String, Integer> loops = new LinkedHashMap<>();
  private final Set<String> references = new LinkedHashSet<>();

  /**
   * @param parameters their values
   */
  Evaluator(String resourceGroup, Map<String, Object> parameters, JsonNode variables) {
    this.resourceGroup = resourceGroup;
    this.parameters = parameters;
    this.variables = variables;
  }

  /** What only Azure knows. */
  record Runtime(String what) {
    @Override
    public String toString() {
      return "<" + what + ">";
    }
  }

  /** The ids of the resources that were asked for what only Azure knows, since the last call. */
  Set<String> takeReferences() {
    Set<String> taken = Set.copyOf(references);
    references.clear();
    return taken;
  }

  /** Runs something for each turn of a loop. */
  void loop(JsonNode copy, Runnable turn) {
    String name = copy.path("name").asText("output");
    long count = (Long) value(copy.path("count"));
    for (int index = 0; index < count; index++) {
      loops.put(name, index);
      turn.run();
    }
    loops.remove(name);
  }

  /**
   * @throws IllegalArgumentException if an expression in it cannot be read, or means nothing
   */
  Object value(JsonNode node) {
    if (node.isTextual()) {
      String text = node.asText();
      return Expression.is(text) ? value(Expression.of(text)) : text;
    }
    if (node.isObject()) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> property : node.properties()) {
        if ("copy".equals(property.getKey()) && property.getValue().isArray()) {
          property.getValue().forEach(copy -> values.put(copy.path("name").asText(), list(copy)));
        } else {
          String key = property.getKey();
          values.put(
              Expression.is(key) ? text(value(Expression.of(key))) : key,
              value(property.getValue()));
        }
      }
      return values;
    }
    if (node.isArray()) {
      List<Object> values = new ArrayList<>();
      node.forEach(item -> values.add(value(item)));
      return values;
    }
    if (node.isIntegralNumber()) {
      return node.asLong();
    }
    return node.isBoolean() ? node.asBoolean() : null;
  }

  /** What a loop over a property or an output makes. */
  List<Object> list(JsonNode copy) {
    List<Object> values = new ArrayList<>();
    loop(copy, () -> values.add(value(copy.path("input"))));
    return values;
  }

  private Object value(Expression expression) {
    if (expression instanceof Expression.Literal literal) {
      return literal.value();
    }
    if (expression instanceof Expression.Property property) {
      return property(value(property.of()), value(property.name()));
    }
    Expression.Call call = (Expression.Call) expression;
    if (call.function().equals("if")) {
      boolean met = (Boolean) value(call.arguments().get(0));
      return value(call.arguments().get(met ? 1 : 2));
    }
    return call(call.function(), call.arguments().stream().map(this::value).toList());
  }

  private static Object property(Object of, Object name) {
    if (of instanceof Runtime runtime) {
      return new Runtime(runtime.what() + "." + name);
    }
    if (of instanceof Map<?, ?> map && map.containsKey(name)) {
      return map.get(name);
    }
    if (of instanceof List<?> list && name instanceof Long index && index < list.size()) {
      return list.get(index.intValue());
    }
    throw new IllegalArgumentException("there is no " + name + " in " + of);
  }

  private Object call(String function, List<Object> arguments) {
    return switch (function) {
      case "parameters" -> property(parameters, arguments.get(0));
      case "variables" -> variable(text(arguments.get(0)));
      case "copyIndex" -> copyIndex(arguments);
      case "resourceGroup" ->
          Map.of("id", "/" + resourceGroup, "name", resourceGroup, "location", "westeurope");
      case "subscription", "environment" -> new Runtime(function);
      case "reference" -> runtime("reference", text(arguments.get(0)));
      case "listKeys" -> runtime(SECRET + "listKeys", text(arguments.get(0)));
      case "resourceId" -> resourceId(arguments);
      case "subscriptionResourceId" -> arguments.get(0) + "/" + arguments.get(1);
      case "uniqueString" -> hash(arguments).substring(0, 13);
      case "guid" ->
          UUID.nameUUIDFromBytes(arguments.toString().getBytes(StandardCharsets.UTF_8)).toString();
      case "createArray" -> arguments;
      case "createObject" -> object(arguments);
      case "tryGet" -> ((Map<?, ?>) arguments.get(0)).get(arguments.get(1));
      default -> pure(function, arguments);
    };
  }

  private static Object pure(String function, List<Object> arguments) {
    Object first = arguments.isEmpty() ? null : arguments.get(0);
    return switch (function) {
      case "null" -> null;
      case "format" -> format(arguments);
      case "concat" -> String.join("", arguments.stream().map(Evaluator::text).toList());
      case "replace" -> text(first).replace(text(arguments.get(1)), text(arguments.get(2)));
      case "toLower" -> text(first).toLowerCase(Locale.ROOT);
      case "string" -> text(first);
      case "base64", "uriComponent" -> function + "(" + first + ")";
      case "length" -> (long) ((Collection<?>) first).size();
      case "empty" -> first == null || "".equals(first) || size(first) == 0;
      case "not" -> !(Boolean) first;
      case "equals" -> first.equals(arguments.get(1));
      case "greater" -> (Long) first > (Long) arguments.get(1);
      case "coalesce" -> arguments.stream().filter(value -> value != null).findFirst().orElse(null);
      default -> throw new IllegalArgumentException("there is no function " + function);
    };
  }

  private static int size(Object value) {
    return value instanceof Map<?, ?> map
        ? map.size()
        : value instanceof List<?> list ? list.size() : -1;
  }

  private Object variable(String name) {
    if (!variables.has(name)) {
      throw new IllegalArgumentException("there is no variable " + name);
    }
    return value(variables.get(name));
  }

  private Object copyIndex(List<Object> arguments) {
    String name =
        arguments.isEmpty()
            ? loops.keySet().stream().reduce((first, last) -> last).orElse("")
            : text(arguments.get(0));
    if (!loops.containsKey(name)) {
      throw new IllegalArgumentException("copyIndex outside of the loop " + name);
    }
    return (long) loops.get(name);
  }

  private Runtime runtime(String function, String id) {
    references.add(id);
    return new Runtime(function + " " + id);
  }

  /** {@code /<resource group>/<type>/<name>…}, in small letters. */
  static String id(String resourceGroup, String type, List<String> names) {
    if (type.split("/").length != names.size() + 1) {
      throw new IllegalArgumentException(type + " does not fit the names " + names);
    }
    return ("/" + resourceGroup + "/" + type + "/" + String.join("/", names))
        .toLowerCase(Locale.ROOT);
  }

  private String resourceId(List<Object> arguments) {
    List<String> texts = arguments.stream().map(Evaluator::text).toList();
    boolean elsewhere = !texts.get(0).contains("/");
    int type = elsewhere ? 1 : 0;
    return id(
        elsewhere ? texts.get(0) : resourceGroup,
        texts.get(type),
        texts.subList(type + 1, texts.size()));
  }

  private static Map<String, Object> object(List<Object> arguments) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      object.put(text(arguments.get(i)), arguments.get(i + 1));
    }
    return object;
  }

  private static String format(List<Object> arguments) {
    return PLACE
        .matcher(text(arguments.get(0)))
        .replaceAll(
            place -> {
              int index = Integer.parseInt(place.group(1)) + 1;
              if (index >= arguments.size()) {
                throw new IllegalArgumentException("format has nothing for " + place.group());
              }
              return Matcher.quoteReplacement(text(arguments.get(index)));
            });
  }

  private static String hash(List<Object> arguments) {
    return UUID.nameUUIDFromBytes(arguments.toString().getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }
}
