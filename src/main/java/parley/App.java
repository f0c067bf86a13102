package parley;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.game.DataClient;
import parley.game.DueSessions;
import parley.game.GameActivities;
import parley.game.GameFunctions;
import parley.game.GameOrchestrator;
import parley.game.GameReplies;
import parley.game.Games;
import parley.game.OpenSessions;
import parley.game.SessionPages;
import parley.game.TurnFunctions;
import parley.game.WakeGameSessions;
import parley.game.rules.GameRules;
import parley.game.rules.tictactoe.TicTacToe;
import parley.matchmaking.AddPlayers;
import parley.matchmaking.BucketSettings;
import parley.matchmaking.HandOver;
import parley.matchmaking.MatchMadeNotificationDistributor;
import parley.matchmaking.MatchRequestOrchestrator;
import parley.matchmaking.MatchRequests;
import parley.matchmaking.MatchmakingActivities;
import parley.matchmaking.MatchmakingFunctions;
import parley.matchmaking.PoolStats;
import parley.matchmaking.ReadySessionMonitor;
import parley.matchmaking.ServerFunctions;
import parley.matchmaking.ServerPool;
import parley.matchmaking.SessionPool;
import parley.matchmaking.Tickets;
import parley.matchmaking.rules.Buckets;
import parley.notifications.DeviceFunctions;
import parley.notifications.Devices;
import parley.notifications.Inbox;
import parley.notifications.NotificationActivities;
import parley.notifications.NotificationFunctions;
import parley.notifications.NotificationOrchestrator;
import parley.notifications.NotificationStore;
import parley.notifications.Notifications;
import parley.notifications.PushHub;
import parley.notifications.Pushes;
import parley.notifications.Subjects;
import parley.platform.Database;
import parley.platform.DurableCalls;
import parley.platform.EventSender;
import parley.platform.HealthFunctions;
import parley.platform.HttpEdge;
import parley.platform.Instances;
import parley.platform.Orchestrations;
import parley.platform.OwnAddress;
import parley.platform.RateLimit;
import parley.platform.Redis;
import parley.platform.Schema;
import parley.platform.Settings;
import parley.platform.identity.LiveToken;
import parley.players.PlayerFunctions;
import parley.players.PlayerStore;
import parley.players.Tokens;
import parley.trivia.AskedClues;
import parley.trivia.FreshClues;
import parley.trivia.GuessFunctions;
import parley.trivia.Guesses;
import parley.trivia.Leaderboard;
import parley.trivia.TriviaActivities;
import parley.trivia.TriviaFunctions;
import parley.trivia.TriviaOrchestrator;
import parley.trivia.clues.ClueBank;
import parley.trivia.clues.ClueSource;
import parley.trivia.clues.HttpClueSource;
import parley.trivia.clues.RestingClueSource;

/** The composition root: every adapter is made here, once per process. */
public final class App implements AutoCloseable {

  /** Every game that can be played. */
  private static final List<GameRules> GAMES = List.of(new TicTacToe());

  /** What an access token for Redis is asked for with. */
  private static final String REDIS_SCOPE = "https://redis.azure.com/.default";

  /** The classes whose methods are the app's functions. */
  public static final List<Class<?>> FUNCTIONS =
      List.of(
          GameFunctions.class,
          TurnFunctions.class,
          GameOrchestrator.class,
          GameActivities.class,
          WakeGameSessions.class,
          PlayerFunctions.class,
          NotificationFunctions.class,
          DeviceFunctions.class,
          NotificationOrchestrator.class,
          NotificationActivities.class,
          MatchmakingFunctions.class,
          ServerFunctions.class,
          AddPlayers.class,
          ReadySessionMonitor.class,
          MatchMadeNotificationDistributor.class,
          MatchRequestOrchestrator.class,
          MatchmakingActivities.class,
          TriviaFunctions.class,
          GuessFunctions.class,
          TriviaOrchestrator.class,
          TriviaActivities.class,
          HealthFunctions.class);

  private final Map<Class<?>, Object> functions;
  private final Deque<Runnable> open = new ArrayDeque<>();

  /**
   * Makes the whole app.
   *
   * @param environment the app settings by name, as the environment of a worker holds them
   * @param clock what the app takes the time from
   * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
   */
  public App(Map<String, String> environment, Clock clock) {
    Settings settings = Settings.from(environment);
    OwnAddress address = new OwnAddress(environment.get("WEBSITE_HOSTNAME"));
    try {
      functions = functions(settings, address, clock);
    } catch (RuntimeException e) {
      // It will be made anew at the next invocation, and what was opened would stay open.
      close();
      throw e;
    }
  }

  private Map<Class<?>, Object> functions(Settings settings, OwnAddress address, Clock clock) {
    Buckets buckets = BucketSettings.read(settings.matchmaking().buckets());
    Database database =
        closed(
            new Database(settings.mysqlConnectionString(), settings.mysqlPoolSize()),
            Database::close);
    Redis redis = closed(redis(settings.matchmaking(), clock), Redis::close);
    DurableCalls calls = closed(new DurableCalls(), DurableCalls::close);

    Tokens tokens = new Tokens(settings.playerTokenKey(), settings.playerTokenLifetime(), clock);
    RateLimit limit = new RateLimit(settings.playerRequestsPerMinute(), clock);
    HttpEdge edge = new HttpEdge(tokens, limit);
    PlayerStore players = new PlayerStore(database);
    HealthFunctions health =
        new HealthFunctions(
            edge,
            List.of(
                new HealthFunctions.Store("mysql", true, database::ping),
                new HealthFunctions.Store("redis", false, redis::ping)),
            database::schemaVersion);

    return Stream.of(
            games(settings, edge, database, calls, clock),
            matchmaking(
                settings.matchmaking(), edge, redis, calls, buckets, players, address, clock),
            trivia(settings, edge, database, calls, clock),
            Stream.of(new PlayerFunctions(edge, players, tokens, address, clock), health))
        .flatMap(part -> part)
        .collect(Collectors.toMap(Object::getClass, function -> function));
  }

  private Stream<Object> games(
      Settings settings, HttpEdge edge, Database database, DurableCalls calls, Clock clock) {
    Orchestrations orchestrations = closed(new Orchestrations(calls), Orchestrations::close);
    NotificationStore store = new NotificationStore(database, clock);
    Notifications notifications =
        new Notifications(store, new Instances(calls), settings.notificationAckSeconds());
    DataClient data = new DataClient(database);
    Games games = new Games(data, new OpenSessions(database), GAMES, new SecureRandom(), clock);
    GameReplies replies = new GameReplies(games, orchestrations);
    DueSessions due = new DueSessions(database);
    return Stream.concat(
        Stream.of(
            new GameFunctions(edge, games, new SessionPages(database), replies, orchestrations),
            new TurnFunctions(edge, data, replies),
            new GameOrchestrator(),
            new GameActivities(games, due, notifications::tell, settings.turnExpiring(), clock),
            new WakeGameSessions(due, orchestrations, clock),
            new NotificationFunctions(edge, store, new Inbox(database), orchestrations)),
        delivery(settings, edge, database, store, games, clock));
  }

  /** What brings notifications to players. */
  private static Stream<Object> delivery(
      Settings settings,
      HttpEdge edge,
      Database database,
      NotificationStore store,
      Games games,
      Clock clock) {
    Settings.Push push = settings.push();
    Optional<PushHub> hub =
        push.connectionString().isEmpty()
            ? Optional.empty()
            : Optional.of(new PushHub(push.connectionString(), push.hub(), clock));
    Devices devices = new Devices(database, hub, clock);
    Subjects subjects =
        (session, player) ->
            games
                .seen(session, player)
                .map(seen -> new Subjects.Subject(seen.version(), seen.opponent(), seen.view()));
    return Stream.of(
        new DeviceFunctions(edge, devices),
        new NotificationOrchestrator(),
        new NotificationActivities(
            store,
            new Pushes(devices, hub, clock),
            subjects,
            Duration.ofSeconds(settings.notificationAckSeconds()),
            clock));
  }

  private Stream<Object> matchmaking(
      Settings.Matchmaking settings,
      HttpEdge edge,
      Redis redis,
      DurableCalls calls,
      Buckets buckets,
      PlayerStore players,
      OwnAddress address,
      Clock clock) {
    Duration lease = settings.handOverLease();
    Instances instances = new Instances(calls);
    Tickets tickets = new Tickets(redis, clock);
    SessionPool sessions = new SessionPool(redis, clock, lease);
    // After twice the lease nobody who was told of a server is still about to be told.
    ServerPool servers =
        new ServerPool(redis, clock, settings.serverLease(), lease.multipliedBy(2));
    HandOver handOver =
        new HandOver(
            sessions,
            sender(settings, settings.matchMadeHub()),
            sender(settings, settings.scaleOutHub()),
            settings.region(),
            clock);
    MatchRequests requests =
        new MatchRequests(
            tickets, buckets, instances, sender(settings, settings.matchRequestsHub()), clock);
    return Stream.of(
        new MatchmakingFunctions(edge, requests, players::name, address),
        new ServerFunctions(edge, servers, sessions, new PoolStats(redis, clock), handOver),
        new AddPlayers(tickets, handOver, buckets, instances, settings.hubRetention(), clock),
        new ReadySessionMonitor(sessions, servers, handOver),
        new MatchMadeNotificationDistributor(instances),
        new MatchRequestOrchestrator(),
        new MatchmakingActivities(tickets, handOver));
  }

  private Redis redis(Settings.Matchmaking settings, Clock clock) {
    String url = settings.redisConnectionString();
    return settings
        .redisIdentity()
        .map(identity -> new LiveToken(identity.credential(), REDIS_SCOPE, clock))
        .map(token -> new Redis(url, closed(token, LiveToken::close)))
        .orElseGet(() -> new Redis(url));
  }

  private static Stream<Object> trivia(
      Settings settings, HttpEdge edge, Database database, DurableCalls calls, Clock clock) {
    Settings.Trivia trivia = settings.trivia();
    String region = settings.matchmaking().region();
    AskedClues asked = new AskedClues(database, region);
    return Stream.of(
        new TriviaFunctions(edge, new Instances(calls), trivia.beatSeconds(), trivia.autostart()),
        new GuessFunctions(
            edge,
            asked,
            new Guesses(database, region, clock),
            new Leaderboard(database, clock),
            clock),
        new TriviaOrchestrator(),
        new TriviaActivities(new FreshClues(clues(trivia, clock), asked), asked, clock));
  }

  private static List<ClueSource> clues(Settings.Trivia settings, Clock clock) {
    ClueSource bank = new ClueBank();
    if (settings.cluesUrl().isEmpty()) {
      return List.of(bank);
    }
    ClueSource service = new HttpClueSource(URI.create(settings.cluesUrl()));
    return List.of(new RestingClueSource(service, clock), bank);
  }

  private EventSender sender(Settings.Matchmaking settings, String hub) {
    Settings.EventHubs hubs = settings.eventHubs();
    EventSender sender =
        hubs.identity()
            .map(identity -> new EventSender(hubs.namespace(), identity.credential(), hub))
            .orElseGet(() -> new EventSender(hubs.connectionString(), hub));
    return closed(sender, EventSender::close);
  }

  /** Sees to it that a part is closed with the app, before those that were made before it. */
  private <T> T closed(T part, Consumer<T> close) {
    open.push(() -> close.accept(part));
    return part;
  }

  /** What stands in for the settings that are not given, by name. */
  public static Map<String, String> defaults() {
    return Settings.defaults();
  }

  /**
   * Brings the database to this version's schema.
   *
   * @param environment the app settings by name; only the database's is looked at
   * @return the version that the database had, 0 if none
   * @throws Schema.UnusableException if it cannot be reached, or refuses the user
   */
  public static int migrate(Map<String, String> environment) throws Schema.UnusableException {
    return Schema.migrate(Settings.mysqlConnectionString(environment));
  }

  /**
   * The one instance of a class listed in {@link #FUNCTIONS}.
   *
   * @throws IllegalArgumentException for any other class
   */
  public <T> T get(Class<T> functionClass) {
    Object function = functions.get(functionClass);
    if (function == null) {
      throw new IllegalArgumentException(functionClass + " is no class of functions");
    }
    return functionClass.cast(function);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
