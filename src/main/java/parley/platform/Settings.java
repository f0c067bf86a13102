package parley.platform;

import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The app settings, read once. Making this record fails on the first setting that is missing or
 * wrong and names it; the message never holds a value, because some values are secrets.
 *
 * @param mysqlConnectionString a JDBC URL, {@code jdbc:mysql://host:port/asyncmpdb?user=…}
 * @param mysqlPoolSize connections at most
 * @param playerTokenKey the bytes that sign player tokens, at least 32
 * @param playerTokenLifetime how long a token is good for
 * @param playerRequestsPerMinute requests that one player may make a minute in one process; 0 = any
 */
public record Settings(
    String mysqlConnectionString,
    int mysqlPoolSize,
    byte[] playerTokenKey,
    Duration playerTokenLifetime,
    int playerRequestsPerMinute) {

  private static final Key MYSQL_CONNECTION_STRING = Key.required("MYSQL_CONNECTION_STRING");
  private static final Key MYSQL_POOL_SIZE = Key.optional("MYSQL_POOL_SIZE", "16");
  private static final Key PLAYER_TOKEN_KEY = Key.required("PLAYER_TOKEN_KEY");
  private static final Key PLAYER_TOKEN_HOURS = Key.optional("PLAYER_TOKEN_HOURS", "168");
  private static final Key PLAYER_REQUESTS_PER_MINUTE =
      Key.optional("PLAYER_REQUESTS_PER_MINUTE", "0");

  /** Read by the Functions host itself, through {@code %…%} in a trigger. */
  private static final Key WAKE_GAME_SESSIONS_SCHEDULE =
      Key.optional("WAKE_GAME_SESSIONS_SCHEDULE", "0 * * * * *");

  /** Every setting that the app knows. */
  public static final List<Key> KEYS =
      List.of(
          MYSQL_CONNECTION_STRING,
          MYSQL_POOL_SIZE,
          PLAYER_TOKEN_KEY,
          PLAYER_TOKEN_HOURS,
          PLAYER_REQUESTS_PER_MINUTE,
          WAKE_GAME_SESSIONS_SCHEDULE);

  /**
   * A setting's name and the value that stands in for a missing one.
   *
   * @param defaultValue null where the setting must be given
   */
  public record Key(String name, String defaultValue) {
    private static Key required(String name) {
      return new Key(name, null);
    }

    private static Key optional(String name, String defaultValue) {
      return new Key(name, defaultValue);
    }

    private String in(Map<String, String> environment) {
      String value = Optional.ofNullable(environment.get(name)).orElse("").strip();
      if (!value.isEmpty()) {
        return value;
      }
      if (defaultValue == null) {
        throw new IllegalArgumentException("the setting " + name + " is missing");
      }
      return defaultValue;
    }

    private <T> T in(Map<String, String> environment, String shape, Function<String, T> parse) {
      String value = in(environment);
      try {
        return parse.apply(value);
      } catch (IllegalArgumentException e) {
        // Without the cause: its message may quote the value.
        throw new IllegalArgumentException("the setting " + name + " must be " + shape);
      }
    }

    private int in(Map<String, String> environment, int least, int most) {
      return in(
          environment,
          "a whole number from " + least + " to " + most,
          text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
              throw new IllegalArgumentException();
            }
            return number;
          });
    }
  }

  /** Reads the settings from what the process was given. */
  public static Settings from(Map<String, String> environment) {
    return new Settings(
        mysqlConnectionString(environment),
        MYSQL_POOL_SIZE.in(environment, 1, 200),
        PLAYER_TOKEN_KEY.in(environment, "the base64 of at least 32 bytes", Settings::tokenKey),
        Duration.ofHours(PLAYER_TOKEN_HOURS.in(environment, 1, 24 * 365)),
        PLAYER_REQUESTS_PER_MINUTE.in(environment, 0, 1_000_000));
  }

  /** Only where the database is, for what needs nothing else. */
  public static String mysqlConnectionString(Map<String, String> environment) {
    return MYSQL_CONNECTION_STRING.in(environment, "a URL jdbc:mysql://…", Settings::jdbcUrl);
  }

  /** What stands in for the settings that are not given, by name. */
  public static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (Key key : KEYS) {
      if (key.defaultValue() != null) {
        defaults.put(key.name(), key.defaultValue());
      }
    }
    return defaults;
  }

  private static String jdbcUrl(String text) {
    if (!text.startsWith("jdbc:mysql://")) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  private static byte[] tokenKey(String text) {
    byte[] key = Base64.getDecoder().decode(text);
    if (key.length < 32) {
      throw new IllegalArgumentException();
    }
    return key;
  }

  /** Names no value: a record's own text would show the secrets. */
  @Override
  public String toString() {
    return "Settings[" + KEYS.size() + " keys]";
  }
}
