package parley.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.azure.functions.signalr.annotation.SignalRConnectionInfoInput;
import com.microsoft.azure.functions.signalr.annotation.SignalROutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.App;
import parley.platform.Json;

/** What Parley's functions ask of the template's resources. */
final class ParleyChecks {

  static final String HUBS = "it makes every hub that functions listen to and send to";
  static final String BINDINGS = "it gives every setting that a binding names";
  static final String ROLES = "it gives the app these roles, and no others";
  static final String ORDER = "it makes the app after what opens its doors";
  static final String TASK_HUB = "it makes the task hub of host.json";

  static final String CONNECTIONS =
      "its instances do not open more connections than its database has";

  static final Map<String, Function<Deployment, Stream<String>>> ALL =
      Map.of(
          HUBS, ParleyChecks::hubs,
          BINDINGS, ParleyChecks::bindings,
          ROLES, ParleyChecks::roles,
          ORDER, ParleyChecks::order,
          TASK_HUB, ParleyChecks::taskHub,
          CONNECTIONS, ParleyChecks::connections);

  /** Those that the database of the default size, Standard_B1ms, lets in. */
  private static final long MOST_CONNECTIONS = 340;

  /** The ids of Azure's roles, by what they are given for. */
  private static final Map<String, Set<String>> ROLES_BY_TYPE =
      Map.of(
          "Microsoft.Storage/storageAccounts",
              Set.of(
                  // Blob Data Owner, Queue Data Contributor, Table Data Contributor
                  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
                  "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
                  "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"),
          // Key Vault Secrets User
          "Microsoft.KeyVault/vaults", Set.of("4633458b-17de-408a-b874-0445c86b69e6"),
          "Microsoft.EventHub/namespaces",
              Set.of(
                  // Data Receiver, Data Sender
                  "a638d3c7-ab3a-418d-83e6-5f17a39d4fde", "2b629674-e913-4c01-ae53-ef4638d8f975"),
          // SignalR Service Owner
          "Microsoft.SignalRService/signalR", Set.of("7e4f1700-ea5a-4f59-8f37-079cfe29dce3"),
          // Monitoring Metrics Publisher
          "Microsoft.Insights/components", Set.of("3913510d-42f4-4e42-8a64-420c390055eb"),
          // Durable Task Data Contributor
          "Microsoft.DurableTask/schedulers", Set.of("0ad04412-c4d5-4796-b79c-f76d14c8d402"));

  private ParleyChecks() {}

  private static Stream<String> hubs(Deployment deployment) {
    Set<String> made =
        deployment
            .of("Microsoft.EventHub/namespaces/eventhubs")
            .map(hub -> hub.name().substring(hub.name().indexOf('/') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, Object> settings = deployment.settings();
    Set<String> used = new TreeSet<>();
    annotations(EventHubTrigger.class)
        .map(trigger -> resolved(trigger.eventHubName(), settings))
        .forEach(used::add);
    settings.forEach(
        (name, value) -> {
          if (name.endsWith("_HUB")) {
            used.add(String.valueOf(value));
          }
        });
    return made.equals(used) ? Stream.empty() : Stream.of("made are " + made + ", used " + used);
  }

  private static Stream<String> bindings(Deployment deployment) {
    Map<String, Object> settings = deployment.settings();
    Set<String> given =
        settings.keySet().stream()
            .map(SettingChecks::withoutForm)
            .collect(Collectors.toCollection(TreeSet::new));
    Stream<String> connections =
        Stream.of(
                annotations(EventHubTrigger.class).map(EventHubTrigger::connection),
                annotations(SignalROutput.class).map(SignalROutput::connectionStringSetting),
                annotations(SignalRConnectionInfoInput.class)
                    .map(SignalRConnectionInfoInput::connectionStringSetting))
            .flatMap(names -> names)
            .map(name -> name.isEmpty() ? "AzureSignalRConnectionString" : name);
    Stream<String> schedules =
        annotations(TimerTrigger.class)
            .map(TimerTrigger::schedule)
            .filter(schedule -> schedule.startsWith("%"))
            .map(schedule -> schedule.replace("%", ""));
    return Stream.concat(connections, schedules)
        .filter(name -> !given.contains(name))
        .map(name -> name + " is not given");
  }

  private static Stream<String> roles(Deployment deployment) {
    Map<String, Set<String>> given = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (Resource role :
        deployment.of("Microsoft.Authorization/roleAssignments").filter(Resource::made).toList()) {
      String scope = String.valueOf(role.at("scope"));
      String id = String.valueOf(role.at("properties", "roleDefinitionId"));
      String type = scope.substring(0, scope.lastIndexOf('/'));
      given
          .computeIfAbsent(type, none -> new TreeSet<>())
          .add(id.substring(id.lastIndexOf('/') + 1));
      if (deployment.of(type).noneMatch(resource -> scope.equals(type + "/" + resource.name()))) {
        wrong.add("a role is given for " + scope + ", which is not there");
      }
      String principal = String.valueOf(role.at("properties", "principalId"));
      if (!principal.matches("<reference .*/userassignedidentities/.*\\.principalId>")) {
        wrong.add("a role is given to " + principal);
      }
    }
    ROLES_BY_TYPE.forEach(
        (type, roles) -> {
          Set<String> wanted =
              deployment.of(type).anyMatch(Resource::made) ? new TreeSet<>(roles) : null;
          if (!Objects.equals(wanted, given.remove(type))) {
            wrong.add("the roles for " + type + " are others");
          }
        });
    given.forEach((type, roles) -> wrong.add("there are roles for " + type));
    return wrong.stream();
  }

  private static Stream<String> order(Deployment deployment) {
    Set<String> doors =
        Set.of(
            "Microsoft.Authorization/roleAssignments",
            "Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments",
            "Microsoft.KeyVault/vaults/secrets",
            "Microsoft.EventHub/namespaces/eventhubs");
    List<String> wrong = new ArrayList<>();
    for (Resource app : deployment.of("Microsoft.Web/sites").toList()) {
      Set<String> before = ResourceChecks.before(app, deployment);
      deployment.resources().stream()
          .filter(door -> doors.contains(door.type()) && door.level().equals(app.level()))
          .filter(door -> !before.contains(door.id()))
          .forEach(door -> wrong.add("the app does not wait for " + door.type()));
    }
    return wrong.stream();
  }

  private static Stream<String> taskHub(Deployment deployment) {
    String hub = hostJson().at("/extensions/durableTask/hubName").asText();
    return deployment
        .of("Microsoft.DurableTask/schedulers/taskHubs")
        .filter(made -> !made.name().endsWith("/" + hub))
        .map(made -> made.name() + " is not the task hub " + hub);
  }

  /**
   * HTTP and orchestrations scale to the limit each, event hubs to the partitions, timers to one.
   */
  private static Stream<String> connections(Deployment deployment) {
    Resource app = deployment.of("Microsoft.Web/sites").findFirst().orElseThrow();
    String scale = "scaleAndConcurrency";
    Object limit = app.at("properties", "functionAppConfig", scale, "maximumInstanceCount");
    long instances = 2 * (Long) limit + annotations(TimerTrigger.class).count();
    Map<String, Object> settings = deployment.settings();
    for (EventHubTrigger trigger : annotations(EventHubTrigger.class).toList()) {
      String hub = resolved(trigger.eventHubName(), settings);
      instances +=
          deployment
              .of("Microsoft.EventHub/namespaces/eventhubs")
              .filter(made -> made.group().equals(app.group()))
              .filter(made -> made.name().endsWith("/" + hub))
              .mapToLong(made -> (Long) made.at("properties", "partitionCount"))
              .sum();
    }
    long connections = instances * Long.parseLong("" + settings.get("MYSQL_POOL_SIZE"));
    return connections < MOST_CONNECTIONS
        ? Stream.empty()
        : Stream.of(instances + " instances open " + connections + " connections");
  }

  private static JsonNode hostJson() {
    try {
      return Json.read(Files.readString(Path.of("host.json")), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resolved(String name, Map<String, Object> settings) {
    return name.startsWith("%") ? "" + settings.get(name.replace("%", "")) : name;
  }

  /** All of one kind that the functions carry. */
  private static <T extends Annotation> Stream<T> annotations(Class<T> kind) {
    return App.FUNCTIONS.stream()
        .flatMap(functions -> Arrays.stream(functions.getMethods()))
        .map(Method::getParameterAnnotations)
        .flatMap(Arrays::stream)
        .flatMap(Arrays::stream)
        .filter(kind::isInstance)
        .map(kind::cast);
  }
}
