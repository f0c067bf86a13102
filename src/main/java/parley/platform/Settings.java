package parley.platform;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.platform.identity.Identity;

/**
 * The app settings, read once. Making this record fails on the first setting that is missing or
 * wrong and names it; the message never holds a value, because some values are secrets.
 *
 * @param mysqlConnectionString a JDBC URL, {@code jdbc:mysql://host:port/asyncmpdb?user=…}
 * @param mysqlPoolSize connections at most
 * @param playerTokenKey the bytes that sign player tokens, at least 32
 * @param playerTokenLifetime how long a token is good for
 * @param playerRequestsPerMinute requests that one player may make a minute in one process; 0 = any
 * @param notificationAckSeconds how long a client has to say that it has shown a notification
 * @param turnExpiring how long before a deadline its player is reminded
 * @param matchmaking what the matchmaker needs
 * @param push what pushes need
 * @param trivia how the trivia game is played
 */
public record Settings(
    String mysqlConnectionString,
    int mysqlPoolSize,
    byte[] playerTokenKey,
    Duration playerTokenLifetime,
    int playerRequestsPerMinute,
    int notificationAckSeconds,
    Duration turnExpiring,
    Matchmaking matchmaking,
    Push push,
    Trivia trivia) {

  /**
   * How the trivia game is played.
   *
   * @param beatSeconds how long there is to guess at a clue
   * @param autostart whether the game is to run without anybody starting it
   * @param cluesUrl where clues are asked for; empty for those that ship with the app
   */
  public record Trivia(int beatSeconds, boolean autostart, String cluesUrl) {}

  /**
   * What pushes need.
   *
   * @param connectionString of Azure Notification Hubs; empty if none are to be sent
   * @param hub its name
   */
  public record Push(String connectionString, String hub) {

    /** Names no value: one is a secret. */
    @Override
    public String toString() {
      return "Push";
    }
  }

  /**
   * What the matchmaker needs.
   *
   * @param redisConnectionString {@code redis://…} or {@code rediss://…}
   * @param redisIdentity who opens it, if no password does
   * @param eventHubs the namespace with the three hubs
   * @param matchRequestsHub players are queued there
   * @param matchMadeHub matches are told there
   * @param scaleOutHub servers are asked for there
   * @param hubRetention how long a hub may deliver an event once more
   * @param buckets JSON, an object for each bucket
   * @param handOverLease how long a hand-over has to be sent
   * @param serverLease how long a server is there after it was heard of
   * @param region what requests for servers name as theirs, and whose trivia game this is
   */
  public record Matchmaking(
      String redisConnectionString,
      Optional<Identity> redisIdentity,
      EventHubs eventHubs,
      String matchRequestsHub,
      String matchMadeHub,
      String scaleOutHub,
      Duration hubRetention,
      String buckets,
      Duration handOverLease,
      Duration serverLease,
      String region) {

    /** Names no value: some are secrets. */
    @Override
    public String toString() {
      return "Matchmaking";
    }
  }

  /**
   * How to connect to a namespace of event hubs.
   *
   * @param connectionString empty if an identity opens it
   * @param namespace its host if an identity opens it, {@code NAME.servicebus.windows.net}
   * @param identity who opens it, if no connection string does
   */
  public record EventHubs(String connectionString, String namespace, Optional<Identity> identity) {

    /** Names no value: one is a secret. */
    @Override
    public String toString() {
      return "EventHubs";
    }
  }

  // The platform's own bindings name them so.
  private static final String NAMESPACE = "fullyQualifiedNamespace";
  private static final String SERVICE_URI = "serviceUri";

  private static final Key MYSQL_CONNECTION_STRING = Key.required("MYSQL_CONNECTION_STRING");
  private static final Key MYSQL_POOL_SIZE = Key.optional("MYSQL_POOL_SIZE", "16");
  private static final Key PLAYER_TOKEN_KEY = Key.required("PLAYER_TOKEN_KEY");
  private static final Key PLAYER_TOKEN_HOURS = Key.optional("PLAYER_TOKEN_HOURS", "168");
  private static final Key PLAYER_REQUESTS_PER_MINUTE =
      Key.optional("PLAYER_REQUESTS_PER_MINUTE", "0");

  /** Read by the Functions host itself, through {@code %…%} in a trigger. */
  private static final Key WAKE_GAME_SESSIONS_SCHEDULE =
      Key.optional("WAKE_GAME_SESSIONS_SCHEDULE", "0 * * * * *");

  private static final Key NOTIFICATION_ACK_SECONDS = Key.optional("NOTIFICATION_ACK_SECONDS", "5");
  private static final Key TURN_EXPIRING_SECONDS = Key.optional("TURN_EXPIRING_SECONDS", "3600");

  /** Read by the bindings of SignalR; here only to be missed at once. */
  private static final Key SIGNALR =
      Key.required("AzureSignalRConnectionString").orByIdentity(SERVICE_URI);

  private static final Key REDIS_CONNECTION_STRING =
      Key.required("REDIS_CONNECTION_STRING").orByIdentity();
  private static final Key EVENTHUB_CONNECTION_STRING =
      Key.required("EVENTHUB_CONNECTION_STRING").orByIdentity(NAMESPACE);
  private static final Key MATCH_REQUESTS_HUB =
      Key.optional("MATCH_REQUESTS_HUB", "match-requests");
  private static final Key MATCH_MADE_HUB = Key.optional("MATCH_MADE_HUB", "match-made");
  private static final Key SERVER_SCALE_OUT_HUB =
      Key.optional("SERVER_SCALE_OUT_HUB", "server-scale-out");
  private static final Key EVENTHUB_RETENTION_HOURS =
      Key.optional("EVENTHUB_RETENTION_HOURS", "24");
  private static final Key MATCHMAKING_BUCKETS =
      Key.optional("MATCHMAKING_BUCKETS", "{\"*\":{\"capacity\":4,\"timeout\":60}}");
  private static final Key MATCHMAKING_HAND_OVER_SECONDS =
      Key.optional("MATCHMAKING_HAND_OVER_SECONDS", "10");
  private static final Key MATCHMAKING_SERVER_SECONDS =
      Key.optional("MATCHMAKING_SERVER_SECONDS", "300");
  private static final Key REGION_NAME = Key.optional("REGION_NAME", "local");

  /** Read by the Functions host itself. */
  private static final Key MATCHMAKING_MONITOR_SCHEDULE =
      Key.optional("MATCHMAKING_MONITOR_SCHEDULE", "*/15 * * * * *");

  private static final Key NOTIFICATIONHUB_CONNECTION_STRING =
      Key.optional("NOTIFICATIONHUB_CONNECTION_STRING", "");
  private static final Key NOTIFICATIONHUB_NAME = Key.optional("NOTIFICATIONHUB_NAME", "parley");

  private static final Key TRIVIA_BEAT_SECONDS = Key.optional("TRIVIA_BEAT_SECONDS", "20");
  private static final Key TRIVIA_AUTOSTART = Key.optional("TRIVIA_AUTOSTART", "false");
  private static final Key TRIVIA_CLUES_URL = Key.optional("TRIVIA_CLUES_URL", "");

  /** Read by the Functions host itself. */
  private static final Key TRIVIA_AUTOSTART_SCHEDULE =
      Key.optional("TRIVIA_AUTOSTART_SCHEDULE", "*/10 * * * * *");

  /** Every setting that the app knows. */
  public static final List<Key> KEYS =
      List.of(
          MYSQL_CONNECTION_STRING,
          MYSQL_POOL_SIZE,
          PLAYER_TOKEN_KEY,
          PLAYER_TOKEN_HOURS,
          PLAYER_REQUESTS_PER_MINUTE,
          WAKE_GAME_SESSIONS_SCHEDULE,
          NOTIFICATION_ACK_SECONDS,
          TURN_EXPIRING_SECONDS,
          SIGNALR,
          REDIS_CONNECTION_STRING,
          EVENTHUB_CONNECTION_STRING,
          MATCH_REQUESTS_HUB,
          MATCH_MADE_HUB,
          SERVER_SCALE_OUT_HUB,
          EVENTHUB_RETENTION_HOURS,
          MATCHMAKING_BUCKETS,
          MATCHMAKING_HAND_OVER_SECONDS,
          MATCHMAKING_SERVER_SECONDS,
          MATCHMAKING_MONITOR_SCHEDULE,
          REGION_NAME,
          NOTIFICATIONHUB_CONNECTION_STRING,
          NOTIFICATIONHUB_NAME,
          TRIVIA_BEAT_SECONDS,
          TRIVIA_AUTOSTART,
          TRIVIA_AUTOSTART_SCHEDULE,
          TRIVIA_CLUES_URL);

  /** Reads the settings from what the process was given. */
  public static Settings from(Map<String, String> environment) {
    Settings settings =
        new Settings(
            mysqlConnectionString(environment),
            MYSQL_POOL_SIZE.in(environment, 1, 200),
            PLAYER_TOKEN_KEY.in(
                environment, "the base64 of at least 32 bytes", SettingShapes::tokenKey),
            Duration.ofHours(PLAYER_TOKEN_HOURS.in(environment, 1, 24 * 365)),
            PLAYER_REQUESTS_PER_MINUTE.in(environment, 0, 1_000_000),
            NOTIFICATION_ACK_SECONDS.in(environment, 1, 3_600),
            Duration.ofSeconds(TURN_EXPIRING_SECONDS.in(environment, 60, 1_000_000)),
            matchmaking(environment),
            new Push(
                NOTIFICATIONHUB_CONNECTION_STRING.in(environment),
                NOTIFICATIONHUB_NAME.in(environment)),
            trivia(environment));
    if (!SIGNALR.part(SERVICE_URI).isGiven(environment)) {
      SIGNALR.in(environment);
    }
    return settings;
  }

  private static Matchmaking matchmaking(Map<String, String> environment) {
    String redis =
        REDIS_CONNECTION_STRING.in(
            environment, "a URL redis://… or rediss://…", SettingShapes::redisUrl);
    return new Matchmaking(
        redis,
        SettingShapes.isByIdentity(redis)
            ? Optional.of(REDIS_CONNECTION_STRING.identity(environment))
            : Optional.empty(),
        eventHubs(environment),
        MATCH_REQUESTS_HUB.in(environment),
        MATCH_MADE_HUB.in(environment),
        SERVER_SCALE_OUT_HUB.in(environment),
        Duration.ofHours(EVENTHUB_RETENTION_HOURS.in(environment, 1, 24 * 90)),
        MATCHMAKING_BUCKETS.in(environment),
        Duration.ofSeconds(MATCHMAKING_HAND_OVER_SECONDS.in(environment, 1, 300)),
        Duration.ofSeconds(MATCHMAKING_SERVER_SECONDS.in(environment, 1, 86_400)),
        REGION_NAME.in(environment));
  }

  /** A connection string wins, as it does in the platform's bindings. */
  private static EventHubs eventHubs(Map<String, String> environment) {
    Key namespace = EVENTHUB_CONNECTION_STRING.part(NAMESPACE);
    if (EVENTHUB_CONNECTION_STRING.isGiven(environment) || !namespace.isGiven(environment)) {
      return new EventHubs(EVENTHUB_CONNECTION_STRING.in(environment), "", Optional.empty());
    }
    return new EventHubs(
        "",
        namespace.in(environment, "a host, NAME.servicebus.windows.net", SettingShapes::host),
        Optional.of(EVENTHUB_CONNECTION_STRING.identity(environment)));
  }

  private static Trivia trivia(Map<String, String> environment) {
    return new Trivia(
        TRIVIA_BEAT_SECONDS.in(environment, 1, 3_600),
        TRIVIA_AUTOSTART.in(environment, "true or false", SettingShapes::truth),
        TRIVIA_CLUES_URL.in(environment, "a URL http://… or https://…", SettingShapes::webUrl));
  }

  /** Only where the database is, for what needs nothing else. */
  public static String mysqlConnectionString(Map<String, String> environment) {
    return MYSQL_CONNECTION_STRING.in(environment, "a URL jdbc:mysql://…", SettingShapes::jdbcUrl);
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

  /** Names no value: a record's own text would show the secrets. */
  @Override
  public String toString() {
    return "Settings[" + KEYS.size() + " keys]";
  }
}
