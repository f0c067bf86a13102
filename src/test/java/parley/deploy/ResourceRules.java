package parley.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code deploy/resources.txt} says that resources may hold. */
final class ResourceRules {

  /** Of every resource, and checked elsewhere. */
  private static final Set<String> COMMON =
      Set.of("type", "apiVersion", "name", "dependsOn", "condition", "comments");

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /**
   * @param names what the last part of the resource's name may be
   */
  private record Rule(String apiVersion, Pattern names, List<Property> properties) {}

  /**
   * @param value what it must be; null for anything
   */
  private record Property(String path, Pattern matches, boolean optional, String value) {}

  ResourceRules() {
    Rule rule = null;
    for (String line : lines()) {
      if (!line.startsWith(" ")) {
        String[] words = line.split(" ", 3);
        rule = new Rule(words[1], Pattern.compile(words[2]), new ArrayList<>());
        rules.put(words[0], rule);
      } else {
        String[] words = line.strip().split(" ", 3);
        String sign = words.length > 1 ? words[1] : "";
        rule.properties()
            .add(
                new Property(
                    words[0],
                    Pattern.compile(Pattern.quote(words[0]).replace("*", "\\E.+\\Q")),
                    sign.equals("?"),
                    sign.equals("=") ? words[2] : null));
      }
    }
  }

  private static List<String> lines() {
    try (InputStream file = ResourceRules.class.getResourceAsStream("/deploy/resources.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a resource's name. */
  Stream<String> namesOf(Resource resource) {
    Rule rule = rules.get(resource.type());
    String name = resource.name().substring(resource.name().lastIndexOf('/') + 1);
    return rule == null || rule.names().matcher(name).matches()
        ? Stream.empty()
        : Stream.of(resource.type() + " cannot be named " + name);
  }

  /** What is wrong with a resource's properties. */
  Stream<String> propertiesOf(Resource resource) {
    Rule rule = rules.get(resource.type());
    if (rule == null) {
      return Stream.of("there is no type " + resource.type());
    }
    List<String> wrong = new ArrayList<>();
    if (!rule.apiVersion().equals(resource.at("apiVersion"))) {
      wrong.add("it is of version " + resource.at("apiVersion"));
    }
    Map<String, List<Object>> leaves = resource.leaves();
    for (Property property : rule.properties()) {
      boolean there =
          leaves.entrySet().stream()
              .anyMatch(
                  leaf ->
                      property.matches().matcher(leaf.getKey()).matches()
                          && leaf.getValue().stream().allMatch(value -> value != null));
      if (!there && !property.optional()) {
        wrong.add(property.path() + " is missing");
      }
    }
    leaves.forEach((path, values) -> wrong.addAll(wrong(rule, path, values)));
    return wrong.stream().map(text -> resource.type() + ": " + text);
  }

  private static List<String> wrong(Rule rule, String path, List<Object> values) {
    if (COMMON.contains(path)) {
      return List.of();
    }
    List<Property> known =
        rule.properties().stream()
            .filter(property -> property.matches().matcher(path).matches())
            .toList();
    if (known.isEmpty()) {
      return List.of("there is no " + path);
    }
    String wanted = known.get(0).value();
    return values.stream()
        .filter(value -> wanted != null && !wanted.equals(String.valueOf(value)))
        .map(value -> path + " is " + value)
        .toList();
  }
}
