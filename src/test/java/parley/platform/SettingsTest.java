package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.platform.identity.Identity;

class SettingsTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("MYSQL_CONNECTION_STRING", "jdbc:mysql://127.0.0.1:3307/asyncmpdb");
    environment.put("PLAYER_TOKEN_KEY", KEY);
    environment.put("AzureSignalRConnectionString", "Endpoint=http://localhost;AccessKey=secret");
    environment.put("REDIS_CONNECTION_STRING", "redis://:secret@127.0.0.1:6380");
    environment.put(
        "EVENTHUB_CONNECTION_STRING", "Endpoint=sb://localhost:5672;SharedAccessKey=secret");
    return environment;
  }

  @Test
  void what_is_not_given_has_its_default() {
    Settings settings = Settings.from(environment());

    assertEquals(16, settings.mysqlPoolSize());
    assertEquals(Duration.ofDays(7), settings.playerTokenLifetime());
    assertEquals(0, settings.playerRequestsPerMinute());
    assertEquals("match-requests", settings.matchmaking().matchRequestsHub());
    assertEquals(Duration.ofSeconds(10), settings.matchmaking().handOverLease());
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL_CONNECTION_STRING",
    "PLAYER_TOKEN_KEY",
    "REDIS_CONNECTION_STRING",
    "EVENTHUB_CONNECTION_STRING"
  })
  void a_missing_setting_is_named(String name) {
    Map<String, String> environment = environment();
    environment.remove(name);

    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Settings.from(environment));

    assertEquals("the setting " + name + " is missing", failure.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL_CONNECTION_STRING, mysql://secret",
    "MYSQL_POOL_SIZE, 777777",
    "MYSQL_POOL_SIZE, secret",
    "PLAYER_TOKEN_KEY, c2VjcmV0",
    "PLAYER_TOKEN_KEY, not base64: secret",
    "PLAYER_TOKEN_HOURS, -1",
    "PLAYER_REQUESTS_PER_MINUTE, many",
    "REDIS_CONNECTION_STRING, secret:6380",
    "REDIS_CONNECTION_STRING, redis://:sec ret@host",
    "MATCHMAKING_HAND_OVER_SECONDS, 1000",
    "EVENTHUB_RETENTION_HOURS, 99999"
  })
  void a_wrong_setting_is_named_and_its_value_is_not(String name, String value) {
    Map<String, String> environment = environment();
    environment.put(name, value);

    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Settings.from(environment));

    assertTrue(failure.getMessage().startsWith("the setting " + name + " must be"));
    assertFalse(failure.getMessage().contains(value));
  }

  @ParameterizedTest
  @CsvSource({
    "EVENTHUB_CONNECTION_STRING__fullyQualifiedNamespace, sb://secret",
    "EVENTHUB_CONNECTION_STRING__credential, secret",
    "REDIS_CONNECTION_STRING__credential, secret"
  })
  void so_is_a_wrong_setting_of_an_identity(String name, String value) {
    Map<String, String> environment = byIdentity();
    environment.put(name, value);

    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Settings.from(environment));

    assertTrue(failure.getMessage().startsWith("the setting " + name + " must be"));
    assertFalse(failure.getMessage().contains(value));
  }

  @Test
  void an_identity_stands_in_for_what_a_connection_string_would_hold() {
    Settings.Matchmaking settings = Settings.from(byIdentity()).matchmaking();

    assertEquals("", settings.eventHubs().connectionString());
    assertEquals("name.servicebus.windows.net", settings.eventHubs().namespace());
    assertEquals(Optional.of(new Identity(true, "hubs-client")), settings.eventHubs().identity());
    assertEquals(Optional.of(new Identity(false, "")), settings.redisIdentity());
  }

  @Test
  void a_connection_string_wins_over_an_identity() {
    Map<String, String> environment = byIdentity();
    environment.putAll(environment());

    Settings.Matchmaking settings = Settings.from(environment).matchmaking();

    assertEquals(Optional.empty(), settings.eventHubs().identity());
    assertFalse(settings.eventHubs().connectionString().isEmpty());
    assertEquals(Optional.empty(), settings.redisIdentity());
  }

  @ParameterizedTest
  @CsvSource({
    "redis://127.0.0.1:6380, false",
    "redis://:secret@127.0.0.1:6380, false",
    "rediss://:secret@host.example:10000, false",
    "rediss://user:secret@host.example:10000, false",
    "rediss://host.example:10000, true",
    "rediss://user@host.example:10000, true"
  })
  void redis_with_tls_and_without_a_password_is_opened_by_an_identity(
      String url, boolean byIdentity) {
    Map<String, String> environment = environment();
    environment.put("REDIS_CONNECTION_STRING", url);

    assertEquals(byIdentity, Settings.from(environment).matchmaking().redisIdentity().isPresent());
  }

  private static Map<String, String> byIdentity() {
    Map<String, String> environment = environment();
    environment.remove("EVENTHUB_CONNECTION_STRING");
    environment.put(
        "EVENTHUB_CONNECTION_STRING__fullyQualifiedNamespace", "name.servicebus.windows.net");
    environment.put("EVENTHUB_CONNECTION_STRING__credential", "ManagedIdentity");
    environment.put("EVENTHUB_CONNECTION_STRING__clientId", "hubs-client");
    environment.remove("AzureSignalRConnectionString");
    environment.put("AzureSignalRConnectionString__serviceUri", "https://name.service.signalr.net");
    environment.put("REDIS_CONNECTION_STRING", "rediss://name.redis.azure.net:10000");
    return environment;
  }

  @Test
  void its_text_holds_no_secret() {
    Settings settings = Settings.from(environment());

    assertFalse(settings.toString().contains("jdbc"));
    assertFalse(settings.matchmaking().toString().contains("secret"));
  }
}
