package parley.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A template of Azure Resource Manager.
 *
 * @param where empty for the file itself, else the resource that it is nested in
 */
record Template(String where, JsonNode json) {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws IllegalArgumentException if it is not JSON as the standard has it
   */
  static Template read(String text) {
    try {
      return new Template("", STRICT.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  JsonNode parameters() {
    return json.path("parameters");
  }

  JsonNode variables() {
    return json.path("variables");
  }

  /** Those that stand in its resources. */
  List<Template> nested() {
    List<Template> nested = new ArrayList<>();
    for (JsonNode resource : json.path("resources")) {
      JsonNode template = resource.path("properties").path("template");
      if (!template.isMissingNode()) {
        nested.add(new Template("in " + resource.path("type").asText(), template));
      }
    }
    return nested;
  }

  /** Itself and those in it. */
  Stream<Template> all() {
    return Stream.concat(Stream.of(this), nested().stream().flatMap(Template::all));
  }

  /** Every text in it, names of properties too; without those of the templates in it. */
  Stream<String> texts() {
    return texts(json, true);
  }

  private static Stream<String> texts(JsonNode node, boolean top) {
    if (node.isTextual()) {
      return Stream.of(node.asText());
    }
    if (!node.isObject()) {
      return node.valueStream().flatMap(item -> texts(item, false));
    }
    return node.properties().stream()
        .filter(property -> top || !"template".equals(property.getKey()))
        .flatMap(
            property ->
                Stream.concat(Stream.of(property.getKey()), texts(property.getValue(), false)));
  }

  /**
   * What a deployment makes.
   *
   * @param given values of parameters; the others have their defaults
   * @throws IllegalArgumentException if an expression cannot be read, or means nothing
   */
  Deployment deploy(Map<String, Object> given) {
    List<Resource> resources = new ArrayList<>();
    Map<String, Object> outputs = new LinkedHashMap<>();
    deploy("group", given, resources, outputs);
    return new Deployment(given, resources, outputs);
  }

  private void deploy(
      String group,
      Map<String, Object> given,
      List<Resource> resources,
      Map<String, Object> outputs) {
    Evaluator evaluator = new Evaluator(group, values(group, given), variables());
    for (JsonNode resource : json.path("resources")) {
      if (resource.has("copy")) {
        evaluator.loop(
            resource.get("copy"), () -> add(resource, group, evaluator, resources, outputs));
      } else {
        add(resource, group, evaluator, resources, outputs);
      }
    }
    for (Map.Entry<String, JsonNode> output : json.path("outputs").properties()) {
      JsonNode copy = output.getValue().path("copy");
      outputs.put(
          where + " " + output.getKey(),
          copy.isMissingNode()
              ? evaluator.value(output.getValue().path("value"))
              : evaluator.list(copy));
    }
  }

  private Map<String, Object> values(String group, Map<String, Object> given) {
    Evaluator defaults = new Evaluator(group, Map.of(), variables());
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> parameter : parameters().properties()) {
      String name = parameter.getKey();
      if (given.containsKey(name)) {
        values.put(name, given.get(name));
      } else if (parameter.getValue().has("defaultValue")) {
        values.put(name, defaults.value(parameter.getValue().get("defaultValue")));
      } else if (isSecure(parameter.getValue())) {
        values.put(name, Evaluator.SECRET + name);
      }
    }
    return values;
  }

  static boolean isSecure(JsonNode parameter) {
    return parameter.path("type").asText().toLowerCase(Locale.ROOT).startsWith("secure");
  }

  private void add(
      JsonNode json,
      String group,
      Evaluator evaluator,
      List<Resource> resources,
      Map<String, Object> outputs) {
    JsonNode template = json.path("properties").path("template");
    ObjectNode body = json.deepCopy();
    body.remove("copy");
    ((ObjectNode) body.path("properties")).remove("template");
    evaluator.takeReferences();
    Map<String, Object> values = map(evaluator.value(body));
    Resource resource =
        new Resource(
            where + "/" + group,
            group,
            json.path("copy").path("name").asText(),
            values,
            evaluator.takeReferences());
    resources.add(resource);
    if (!template.isMissingNode()) {
      Map<String, Object> given = new LinkedHashMap<>();
      map(map(values.get("properties")).get("parameters"))
          .forEach((name, value) -> given.put(name, map(value).get("value")));
      new Template("in " + resource.name(), template)
          .deploy(String.valueOf(values.get("resourceGroup")), given, resources, outputs);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }
}
