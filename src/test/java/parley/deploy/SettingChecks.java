package parley.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.platform.Key;
import parley.platform.Settings;

/** What the code reads from its settings, and what the template gives it. */
final class SettingChecks {

  static final String SETTINGS = "it gives every setting that the code reads, and no other";
  static final String ACCEPTED = "the code takes the settings that it gives";
  static final String DEFAULTS = "it gives settings the defaults of the code, or what it is told";
  static final String SECRET_SETTINGS = "it gives secrets to the app by reference";

  static final Map<String, Function<Deployment, Stream<String>>> ALL =
      Map.of(
          SETTINGS, SettingChecks::settings,
          ACCEPTED, SettingChecks::accepted,
          DEFAULTS, SettingChecks::defaults,
          SECRET_SETTINGS, SettingChecks::secretSettings);

  /** Settings of the Functions host itself. */
  private static final Set<String> OF_THE_HOST =
      Set.of(
          "AzureWebJobsStorage",
          "APPLICATIONINSIGHTS_CONNECTION_STRING",
          "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
          "AzureFunctionsJobHost",
          "DURABLE_TASK_SCHEDULER_CONNECTION_STRING");

  /** Settings whose value in Azure is another one than the code's default, and why not. */
  private static final Set<String> OF_THE_DEPLOYMENT =
      Set.of(
          // Many instances share one database.
          "MYSQL_POOL_SIZE", "REGION_NAME", "NOTIFICATIONHUB_CONNECTION_STRING");

  /** Settings whose value is also that of a resource, so that both have it from one place. */
  private static final Set<String> OF_RESOURCES =
      Set.of(
          "MATCH_REQUESTS_HUB",
          "MATCH_MADE_HUB",
          "SERVER_SCALE_OUT_HUB",
          "EVENTHUB_RETENTION_HOURS",
          "NOTIFICATIONHUB_NAME");

  private static final Set<String> SECRET =
      Set.of("MYSQL_CONNECTION_STRING", "PLAYER_TOKEN_KEY", "NOTIFICATIONHUB_CONNECTION_STRING");

  private SettingChecks() {}

  /** Another value for each setting that a deployment may be given one for. */
  static Map<String, Object> otherSettings() {
    Map<String, Object> settings = new TreeMap<>();
    Settings.defaults().keySet().stream()
        .filter(name -> !OF_THE_DEPLOYMENT.contains(name) && !OF_RESOURCES.contains(name))
        .forEach(name -> settings.put(name, "another " + name));
    return settings;
  }

  private static Stream<String> settings(Deployment deployment) {
    Set<String> given = deployment.settings().keySet();
    List<String> wrong = new ArrayList<>();
    Set<String> read = new TreeSet<>();
    for (Key key : Settings.KEYS) {
      read.add(key.name());
      read.addAll(key.byIdentity());
      boolean byIdentity = !key.byIdentity().isEmpty() && given.containsAll(key.byIdentity());
      if (!given.contains(key.name()) && !byIdentity) {
        wrong.add(key.name() + " is not given");
      }
    }
    given.stream()
        .filter(name -> !read.contains(name) && !OF_THE_HOST.contains(withoutForm(name)))
        .forEach(name -> wrong.add(name + " is not read"));
    return wrong.stream();
  }

  /** {@code NAME} of {@code NAME__clientId}. */
  static String withoutForm(String name) {
    return name.replaceFirst("__.*", "");
  }

  /** The code has to take them; what only Azure knows is a host or a secret. */
  private static Stream<String> accepted(Deployment deployment) {
    Map<String, String> environment = new TreeMap<>();
    deployment
        .settings()
        .forEach(
            (name, value) -> {
              boolean isOther = String.valueOf(value).startsWith("another ");
              if (!isOther) {
                environment.put(name, String.valueOf(value).replaceAll("<[^>]*>", "host.example"));
              }
            });
    environment.put("MYSQL_CONNECTION_STRING", "jdbc:mysql://host.example/asyncmpdb");
    environment.put("PLAYER_TOKEN_KEY", "c".repeat(64));
    try {
      Settings.from(environment);
      return Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(e.getMessage());
    }
  }

  private static Stream<String> defaults(Deployment deployment) {
    Map<String, Object> found = deployment.settings();
    Map<String, Object> wanted = new TreeMap<>(Settings.defaults());
    OF_THE_DEPLOYMENT.forEach(wanted::remove);
    wanted.putAll(Template.map(deployment.given().get("settings")));
    return wanted.entrySet().stream()
        .filter(setting -> !setting.getValue().equals(found.get(setting.getKey())))
        .map(setting -> setting.getKey() + " is " + found.get(setting.getKey()));
  }

  private static Stream<String> secretSettings(Deployment deployment) {
    Map<String, Object> settings = deployment.settings();
    Set<String> kept =
        deployment
            .of("Microsoft.KeyVault/vaults/secrets")
            .map(secret -> secret.name().substring(secret.name().indexOf('/') + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    return SECRET.stream()
        .filter(
            name -> {
              String value = String.valueOf(settings.get(name));
              return !value.startsWith("@Microsoft.KeyVault(SecretUri=https://")
                  || !kept.contains(value.replaceFirst(".*/secrets/(.*)\\)", "$1"));
            })
        .map(name -> name + " is no reference to a secret in the vault");
  }
}
