package parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be so in {@code azuredeploy.json}, each under a name, and what is found to be wrong.
 */
final class TemplateChecks {

  static final String STRICT_JSON = "it is strict JSON";
  static final String PARAMETERS =
      "its parameters are described and used, and secrets have no default";
  static final String VARIABLES = "its variables are there and used";
  static final String EXPRESSIONS = "its expressions have values";

  /** Everything by its default, and everything other than that. */
  private static final List<Map<String, Object>> DEPLOYMENTS =
      List.of(
          Map.of(),
          Map.of(
              "name",
              "abcdefghij",
              "regions",
              List.of("westeurope", "eastus", "australiasoutheast"),
              "networks",
              Map.of("eastus", network(), "westeurope", network()),
              "durableBackend",
              "AzureStorage",
              "packageUri",
              "https://game.example/parley.zip",
              "corsOrigins",
              List.of("https://game.example"),
              "settings",
              Map.of("PLAYER_TOKEN_HOURS", "24"),
              "alertEmail",
              "operators@game.example"));

  private static final Map<String, Function<Deployment, Stream<String>>> CHECKS =
      new LinkedHashMap<>();

  static {
    CHECKS.putAll(ResourceChecks.ALL);
    CHECKS.putAll(SettingChecks.ALL);
    CHECKS.putAll(ParleyChecks.ALL);
  }

  private TemplateChecks() {}

  private static Map<String, Object> network() {
    return Map.of("app", "/app", "mysql", "/mysql", "mysqlDnsZone", "/zone");
  }

  /** The names of all. */
  static List<String> names() {
    return Stream.concat(
            Stream.of(STRICT_JSON, PARAMETERS, VARIABLES, EXPRESSIONS), CHECKS.keySet().stream())
        .toList();
  }

  /**
   * What is wrong with a template, by the name of the check that has found it. What cannot be
   * looked at, because something before it is wrong, is not.
   */
  static Map<String, Set<String>> findings(String text) {
    Map<String, Set<String>> findings = new LinkedHashMap<>();
    Template template;
    try {
      template = Template.read(text);
    } catch (IllegalArgumentException e) {
      find(findings, STRICT_JSON, Stream.of(e.getMessage()));
      return findings;
    }
    try {
      find(findings, PARAMETERS, template.all().flatMap(TemplateChecks::parameters));
      find(findings, VARIABLES, template.all().flatMap(TemplateChecks::variables));
      List<Deployment> deployments = DEPLOYMENTS.stream().map(template::deploy).toList();
      CHECKS.forEach((name, check) -> find(findings, name, deployments.stream().flatMap(check)));
    } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
      // The evaluation of a broken template stumbles over whatever is broken.
      find(findings, EXPRESSIONS, Stream.of(String.valueOf(e.getMessage())));
    }
    return findings;
  }

  private static void find(Map<String, Set<String>> findings, String name, Stream<String> found) {
    Set<String> all = found.collect(Collectors.toCollection(TreeSet::new));
    if (!all.isEmpty()) {
      findings.put(name, all);
    }
  }

  private static Stream<String> parameters(Template template) {
    Set<String> used = used(template, "parameters");
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> parameter : template.parameters().properties()) {
      String name = parameter.getKey();
      boolean isDescribed = !parameter.getValue().at("/metadata/description").asText().isBlank();
      if (template.where().isEmpty() && !isDescribed) {
        wrong.add(name + " is not described");
      }
      if (Template.isSecure(parameter.getValue()) && parameter.getValue().has("defaultValue")) {
        wrong.add(name + " is a secret with a default");
      }
      if (name.matches("(?i).*(password|key|secret)") && !Template.isSecure(parameter.getValue())) {
        wrong.add(name + " is a secret of no secure type");
      }
      if (!used.contains(name)) {
        wrong.add(name + " is not used");
      }
    }
    used.stream()
        .filter(name -> !template.parameters().has(name))
        .forEach(name -> wrong.add(name + " is not there"));
    for (Template nested : template.nested()) {
      wrong.addAll(passed(template, nested));
    }
    return wrong.stream();
  }

  /** What a template in another one is given has to be what it takes. */
  private static List<String> passed(Template template, Template nested) {
    List<String> wrong = new ArrayList<>();
    Set<String> given = new TreeSet<>();
    for (JsonNode resource : template.json().path("resources")) {
      resource.at("/properties/parameters").fieldNames().forEachRemaining(given::add);
    }
    Set<String> taken = new TreeSet<>();
    nested.parameters().fieldNames().forEachRemaining(taken::add);
    if (!given.equals(taken)) {
      wrong.add("given are " + given + ", taken " + taken);
    }
    for (String name : taken) {
      JsonNode outer = template.parameters().path(name);
      if (!outer.isMissingNode()
          && !outer.path("type").equals(nested.parameters().path(name).path("type"))) {
        wrong.add(name + " has two types");
      }
    }
    return wrong;
  }

  private static Stream<String> variables(Template template) {
    Set<String> used = used(template, "variables");
    Set<String> there = new TreeSet<>();
    template.variables().fieldNames().forEachRemaining(there::add);
    return Stream.concat(
        used.stream().filter(name -> !there.contains(name)).map(name -> name + " is not there"),
        there.stream().filter(name -> !used.contains(name)).map(name -> name + " is not used"));
  }

  /** The names that the expressions of a template give to a function. */
  private static Set<String> used(Template template, String function) {
    return template
        .texts()
        .filter(Expression::is)
        .flatMap(text -> Expression.of(text).parts())
        .filter(part -> part instanceof Expression.Call call && call.function().equals(function))
        .map(part -> ((Expression.Call) part).arguments().get(0))
        .filter(Expression.Literal.class::isInstance)
        .map(name -> String.valueOf(((Expression.Literal) name).value()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
