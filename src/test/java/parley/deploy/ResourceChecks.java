package parley.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Azure asks of any template, and what keeps secrets secret. */
final class ResourceChecks {

  static final String NAMES = "the names of its resources are unique and not too long";
  static final String PROPERTIES = "its resources have the properties of their types";
  static final String DEPENDENCIES = "its resources depend on what they need";
  static final String SECRETS = "its secrets go into the vault, and to the database";

  static final Map<String, Function<Deployment, Stream<String>>> ALL =
      Map.of(
          NAMES, ResourceChecks::names,
          PROPERTIES, ResourceChecks::properties,
          DEPENDENCIES, ResourceChecks::dependencies,
          SECRETS, ResourceChecks::secrets);

  private static final ResourceRules RULES = new ResourceRules();

  /** Types whose names are those of hosts, by the domain that they are in. */
  private static final Map<String, String> DOMAINS =
      Map.of(
          "Microsoft.Web/sites", "azurewebsites.net",
          "Microsoft.KeyVault/vaults", "vault.azure.net",
          "Microsoft.Storage/storageAccounts", "core.windows.net",
          "Microsoft.EventHub/namespaces", "servicebus.windows.net",
          "Microsoft.NotificationHubs/namespaces", "servicebus.windows.net",
          "Microsoft.SignalRService/signalR", "service.signalr.net",
          "Microsoft.DBforMySQL/flexibleServers", "mysql.database.azure.com",
          "Microsoft.Network/trafficmanagerprofiles", "trafficmanager.net");

  /** Where a secret may go: what the vault keeps, and what makes the database's administrator. */
  private static final Set<String> FOR_SECRETS =
      Set.of(
          "Microsoft.KeyVault/vaults/secrets properties.value",
          "Microsoft.DBforMySQL/flexibleServers properties.administratorLoginPassword",
          "Microsoft.Resources/deployments properties.parameters.mysqlPassword.value",
          "Microsoft.Resources/deployments properties.parameters.playerTokenKey.value");

  private ResourceChecks() {}

  private static Stream<String> names(Deployment deployment) {
    Stream<String> ids = deployment.resources().stream().map(Resource::id);
    Stream<String> hosts =
        deployment.resources().stream()
            .filter(resource -> DOMAINS.containsKey(resource.type()))
            .map(resource -> resource.name() + "." + DOMAINS.get(resource.type()));
    return Stream.concat(
        Stream.concat(ids, hosts)
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(name -> name.getValue() > 1)
            .map(name -> name.getKey() + " is there twice"),
        deployment.resources().stream().flatMap(RULES::namesOf));
  }

  private static Stream<String> properties(Deployment deployment) {
    return deployment.resources().stream().flatMap(RULES::propertiesOf);
  }

  private static Stream<String> dependencies(Deployment deployment) {
    List<String> wrong = new ArrayList<>();
    for (Resource resource : deployment.resources()) {
      resource.dependsOn().stream()
          .filter(name -> named(name, resource, deployment).isEmpty())
          .forEach(
              name -> wrong.add(resource.type() + " depends on " + name + ", which is not there"));
      Set<String> before = before(resource, deployment);
      for (Resource other : deployment.resources()) {
        if (resource.references().contains(other.id())
            && other.level().equals(resource.level())
            && !(other.made() && before.contains(other.id()))) {
          wrong.add(resource.type() + " asks for " + other.type() + " too early");
        }
      }
    }
    return wrong.stream();
  }

  /** The ids of all that is made before a resource. */
  static Set<String> before(Resource resource, Deployment deployment) {
    Set<String> before = new HashSet<>();
    collect(resource, deployment, before);
    return before;
  }

  private static void collect(Resource resource, Deployment deployment, Set<String> before) {
    for (String name : resource.dependsOn()) {
      for (Resource other : named(name, resource, deployment)) {
        if (before.add(other.id())) {
          collect(other, deployment, before);
        }
      }
    }
  }

  /** Those that a dependency names: by an id, or the loop that they come from. */
  private static List<Resource> named(String name, Resource from, Deployment deployment) {
    String id = name.toLowerCase(Locale.ROOT);
    return deployment.resources().stream()
        .filter(other -> other.level().equals(from.level()))
        .filter(other -> other.id().equals(id) || (!name.isEmpty() && other.loop().equals(name)))
        .toList();
  }

  private static Stream<String> secrets(Deployment deployment) {
    List<String> wrong = new ArrayList<>();
    deployment
        .outputs()
        .forEach(
            (name, value) -> {
              if (isSecret(value)) {
                wrong.add("the output " + name + " tells a secret");
              }
            });
    for (Resource resource : deployment.resources()) {
      resource
          .leaves()
          .forEach(
              (path, values) -> {
                String place = resource.type() + " " + path;
                if (values.stream().anyMatch(ResourceChecks::isSecret)
                    && !FOR_SECRETS.contains(place)) {
                  wrong.add(place + " holds a secret");
                }
              });
    }
    return wrong.stream();
  }

  private static boolean isSecret(Object value) {
    return Objects.toString(value).contains(Evaluator.SECRET);
  }
}
