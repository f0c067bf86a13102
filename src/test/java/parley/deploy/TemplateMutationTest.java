package parley.deploy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static parley.deploy.ParleyChecks.BINDINGS;
import static parley.deploy.ParleyChecks.CONNECTIONS;
import static parley.deploy.ParleyChecks.HUBS;
import static parley.deploy.ParleyChecks.ORDER;
import static parley.deploy.ParleyChecks.ROLES;
import static parley.deploy.ParleyChecks.TASK_HUB;
import static parley.deploy.ResourceChecks.DEPENDENCIES;
import static parley.deploy.ResourceChecks.NAMES;
import static parley.deploy.ResourceChecks.PROPERTIES;
import static parley.deploy.ResourceChecks.SECRETS;
import static parley.deploy.SettingChecks.ACCEPTED;
import static parley.deploy.SettingChecks.DEFAULTS;
import static parley.deploy.SettingChecks.SECRET_SETTINGS;
import static parley.deploy.SettingChecks.SETTINGS;
import static parley.deploy.TemplateChecks.EXPRESSIONS;
import static parley.deploy.TemplateChecks.PARAMETERS;
import static parley.deploy.TemplateChecks.STRICT_JSON;
import static parley.deploy.TemplateChecks.VARIABLES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks find what may go wrong in the template: each of these changes makes one fail. */
class TemplateMutationTest {

  /**
   * @param from what is replaced where it stands first
   * @param found the check that has to fail
   */
  record Mutation(String what, String from, String to, String found) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Mutation m(String what, String from, String to, String found) {
    return new Mutation(what, from, to, found);
  }

  static List<Mutation> mutations() {
    return List.of(
        m(
            "a property twice",
            "\"httpsOnly\": true,",
            "\"httpsOnly\": true, \"httpsOnly\": true,",
            STRICT_JSON),
        m("a comma at the end", "\"httpsOnly\": true,", "\"httpsOnly\": true,,", STRICT_JSON),
        m("a comment", "\"outputs\": {", "// outputs\n\"outputs\": {", STRICT_JSON),
        m("something after the end", "\n}\n", "\n}\n}", STRICT_JSON),
        m(
            "a parameter without a description",
            "\"description\": \"Begins",
            "\"about\": \"Begins",
            PARAMETERS),
        m(
            "a secret with a default",
            "\"type\": \"securestring\",",
            "\"type\": \"securestring\", \"defaultValue\": \"x\",",
            PARAMETERS),
        m(
            "a secret of no secure type",
            "\"playerTokenKey\": {\n      \"type\": \"securestring\"",
            "\"playerTokenKey\": {\n      \"type\": \"string\"",
            PARAMETERS),
        m(
            "a nested secret of no secure type",
            "\"mysqlPassword\": { \"type\": \"securestring\" }",
            "\"mysqlPassword\": { \"type\": \"string\" }",
            PARAMETERS),
        m(
            "a parameter that is not used",
            "\"dailyQuotaGb\": \"[parameters('logDailyCapGB')]\"",
            "\"dailyQuotaGb\": 1",
            PARAMETERS),
        m(
            "a parameter that is not passed on",
            "\"redisSku\": { \"value\": \"[parameters('redisSku')]\" },",
            "",
            PARAMETERS),
        m(
            "a parameter that is not there",
            "[parameters('mysqlTier')]",
            "[parameters('mysqlTire')]",
            PARAMETERS),
        m("a variable that is not there", "variables('push')", "variables('pushes')", VARIABLES),
        m(
            "a variable that is not used",
            "\"[format('{0}-push', variables('fullName'))]\"",
            "\"x\", \"pull\": \"y\"",
            VARIABLES),
        m(
            "an expression that does not end",
            "[variables('isScheduler')]",
            "[variables('isScheduler']",
            EXPRESSIONS),
        m("a function that is not there", "toLower(", "toLowerCase(", EXPRESSIONS),
        m("a place that nothing is for", "'{0}.servicebus", "'{1}.servicebus", EXPRESSIONS),
        m(
            "an id with a name too few",
            "variables('vault'), 'player-token-key')",
            "'player-token-key')",
            EXPRESSIONS),
        m(
            "a name too long for a vault",
            "\"[variables('fullName')]\"",
            "\"[format('{0}-secrets', variables('fullName'))]\"",
            NAMES),
        m("a host's name twice", "'{0}-push'", "'{0}-events'", NAMES),
        m("a resource twice", "'{0}/scm'", "'{0}/ftp'", NAMES),
        m(
            "the same name in each region",
            "uniqueString(resourceGroup().id, parameters('location'))",
            "uniqueString('parley')",
            NAMES),
        m("a misspelt property", "allowBlobPublicAccess", "allowPublicBlobAccess", PROPERTIES),
        m(
            "a misspelt property far inside",
            "perInstanceConcurrency",
            "perInstanceConcurency",
            PROPERTIES),
        m(
            "a misspelt type",
            "Microsoft.Web/serverfarms\"",
            "Microsoft.Web/serverFarms\"",
            PROPERTIES),
        m("another version", "2024-12-30", "2024-12-31", PROPERTIES),
        m(
            "public blobs",
            "\"allowBlobPublicAccess\": false",
            "\"allowBlobPublicAccess\": true",
            PROPERTIES),
        m(
            "shared keys of storage",
            "\"allowSharedKeyAccess\": false",
            "\"allowSharedKeyAccess\": true",
            PROPERTIES),
        m(
            "keys of event hubs and SignalR",
            "\"disableLocalAuth\": true,\n                \"isAutoInflate",
            "\"disableLocalAuth\": false,\n                \"isAutoInflate",
            PROPERTIES),
        m(
            "keys of Redis",
            "\"accessKeysAuthentication\": \"Disabled\"",
            "\"accessKeysAuthentication\": \"Enabled\"",
            PROPERTIES),
        m("a Redis that forgets", "NoEviction", "AllKeysLRU", PROPERTIES),
        m("an old TLS", "TLS1_2", "TLS1_0", PROPERTIES),
        m("HTTP without TLS", "\"httpsOnly\": true", "\"httpsOnly\": false", PROPERTIES),
        m("FTP", "\"ftpsState\": \"Disabled\"", "\"ftpsState\": \"AllAllowed\"", PROPERTIES),
        m("publishing with a password", "\"allow\": false", "\"allow\": true", PROPERTIES),
        m("a SignalR service with servers", "\"Serverless\"", "\"Default\"", PROPERTIES),
        m(
            "a vault that can be purged",
            "\"enablePurgeProtection\": true",
            "\"enablePurgeProtection\": false",
            PROPERTIES),
        m("a probe of something else", "/api/health", "/api/healthy", PROPERTIES),
        m(
            "no cap on telemetry",
            "\"workspaceCapping\": { \"dailyQuotaGb\": \"[parameters('logDailyCapGB')]\" }",
            "\"forceCmkForQuery\": false",
            PROPERTIES),
        m(
            "a dependency that is not there",
            "\"[resourceId('Microsoft.Web/serverfarms', variables('fullName'))]\"",
            "\"[resourceId('Microsoft.Web/serverfarms', 'plan')]\"",
            DEPENDENCIES),
        m(
            "a vault's secret before its database",
            ",\n                \"[resourceId('Microsoft.DBforMySQL/flexibleServers', variables('fullName'))]\"",
            "",
            DEPENDENCIES),
        m("a traffic manager before its apps", "\"dependsOn\": [\"regions\"],", "", DEPENDENCIES),
        m(
            "a secret in an output",
            "\"value\": \"[variables('vault')]\"",
            "\"value\": \"[parameters('mysqlPassword')]\"",
            SECRETS),
        m(
            "a key in a setting",
            "\"value\": \"[variables('notificationHub')]\"",
            "\"value\": \"[listKeys(variables('push'), '2023-09-01').primaryKey]\"",
            SECRETS),
        m(
            "a secret in the telemetry's name",
            "\"kind\": \"web\"",
            "\"kind\": \"[parameters('playerTokenKey')]\"",
            SECRETS),
        m(
            "a setting that is missing",
            "\"name\": \"TURN_EXPIRING_SECONDS\"",
            "\"name\": \"WEBSITE_TIME_ZONE\"",
            SETTINGS),
        m(
            "a setting that is misspelt",
            "\"name\": \"REDIS_CONNECTION_STRING\"",
            "\"name\": \"REDIS_CONNECTIONSTRING\"",
            SETTINGS),
        m(
            "a part of a setting that is misspelt",
            "AzureSignalRConnectionString__clientId",
            "AzureSignalRConnectionString__clientID",
            SETTINGS),
        m(
            "a credential of another kind",
            "__credential\", \"value\": \"managedidentity\" },\n                    {\n                      \"name\": \"EVENTHUB_CONNECTION_STRING__clientId",
            "__credential\", \"value\": \"password\" },\n                    {\n                      \"name\": \"EVENTHUB_CONNECTION_STRING__clientId",
            ACCEPTED),
        m("a Redis without a scheme", "rediss://{0}", "{0}", ACCEPTED),
        m(
            "another default",
            "'PLAYER_REQUESTS_PER_MINUTE'), '0'",
            "'PLAYER_REQUESTS_PER_MINUTE'), '60'",
            DEFAULTS),
        m(
            "the parameter of another setting",
            "tryGet(parameters('settings'), 'PLAYER_TOKEN_HOURS')",
            "tryGet(parameters('settings'), 'PLAYER_TOKEN_HOUR')",
            DEFAULTS),
        m("a hub renamed", "\"name\": \"match-made\"", "\"name\": \"matches-made\"", DEFAULTS),
        m(
            "a hub that is not made",
            "{ \"name\": \"match-requests\", \"partitions\": \"[parameters('matchRequestsPartitions')]\" },",
            "{ \"name\": \"requests\", \"partitions\": \"[parameters('matchRequestsPartitions')]\" },",
            DEFAULTS),
        m(
            "a hub under another name than its setting's",
            "variables('hubs')[1].name",
            "variables('hubs')[2].name",
            HUBS),
        m(
            "a hub that nobody uses",
            "{ \"name\": \"match-made\"",
            "{ \"name\": \"trash\", \"partitions\": 1 }, { \"name\": \"match-made\"",
            HUBS),
        m(
            "a schedule that is missing",
            "\"name\": \"MATCHMAKING_MONITOR_SCHEDULE\"",
            "\"name\": \"MONITOR_SCHEDULE\"",
            BINDINGS),
        m(
            "a connection of another name",
            "\"name\": \"EVENTHUB_CONNECTION_STRING__fullyQualifiedNamespace\"",
            "\"name\": \"EVENTHUBS__fullyQualifiedNamespace\"",
            SETTINGS),
        m(
            "a role of another id",
            "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
            "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa4",
            ROLES),
        m(
            "a role that is too large",
            "4633458b-17de-408a-b874-0445c86b69e6",
            "00482a5a-887f-4fb3-b363-3b7fe8e74483",
            ROLES),
        m(
            "a role for another resource",
            "\"scope\": \"[format('Microsoft.KeyVault/vaults/{0}', variables('vault'))]\"",
            "\"scope\": \"[format('Microsoft.Storage/storageAccounts/{0}', variables('storage'))]\"",
            ROLES),
        m("a role that is not given", "\"wanted\": true", "\"wanted\": false", ROLES),
        m(
            "a role for nobody",
            "variables('fullName'))).principalId]\",\n                \"principalType\"",
            "variables('fullName'))).clientId]\",\n                \"principalType\"",
            ROLES),
        m("an app before its roles", "\"roles\",\n", "", ORDER),
        m(
            "an app before its Redis opens",
            "\"[resourceId('Microsoft.Cache/redisEnterprise/databases/accessPolicyAssignments', variables('fullName'), 'default', 'app')]\",",
            "",
            ORDER),
        m(
            "a secret that is not in the vault",
            "{0}/player-token-key)",
            "{0}/token-key)",
            SECRET_SETTINGS),
        m(
            "a token key that is told",
            "[format('@Microsoft.KeyVault(SecretUri={0}/player-token-key)', variables('secrets'))]",
            "[parameters('playerTokenKey')]",
            SECRET_SETTINGS),
        m(
            "more connections than the database has",
            "\"maximumInstanceCount\": {\n      \"type\": \"int\",\n      \"defaultValue\": 40",
            "\"maximumInstanceCount\": {\n      \"type\": \"int\",\n      \"defaultValue\": 100",
            CONNECTIONS),
        m("another task hub", "\"taskHub\": \"parley\"", "\"taskHub\": \"default\"", TASK_HUB));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void is_found(Mutation mutation) throws IOException {
    String template = Files.readString(Path.of("azuredeploy.json"));
    int at = template.indexOf(mutation.from());
    assertTrue(at >= 0, "there is nothing to change");
    String rest = template.substring(at + mutation.from().length());
    String mutant = template.substring(0, at) + mutation.to() + rest;

    Map<String, Set<String>> findings = TemplateChecks.findings(mutant);

    assertTrue(findings.containsKey(mutation.found()), findings.toString());
  }

  @Test
  void every_check_finds_something() {
    Set<String> found = new TreeSet<>();
    mutations().forEach(mutation -> found.add(mutation.found()));

    assertTrue(found.containsAll(TemplateChecks.names()), found.toString());
  }
}
