package parley;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import parley.platform.HealthFunctions;
import parley.platform.HttpEdge;
import parley.platform.Instances;
import parley.platform.Orchestrations;
import parley.platform.OwnAddress;
import parley.platform.Redis;
import parley.platform.Schema;
import parley.platform.Settings;
import parley.players.PlayerFunctions;
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

/** The composition root: every part of the app is made here, once per process. */
public final class App implements AutoCloseable {

  /** Every game that can be played. */
  private static final List<GameRules> GAMES = List.of(new TicTacToe());

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
  private final Settings settings;
  private final Clock clock;
  private final Adapters adapters;

  /**
   * Makes the whole app.
   *
   * @param environment the app settings by name, as the environment of a worker holds them
   * @param clock what the app takes the time from
   * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
   */
  public App(Map<String, String> environment, Clock clock) {
    settings = Settings.from(environment);
    this.clock = clock;
    Buckets buckets = BucketSettings.read(settings.matchmaking().buckets());
    OwnAddress address = new OwnAddress(environment.get("WEBSITE_HOSTNAME"));
    adapters = new Adapters(settings, clock);
    try {
      functions =
          Stream.of(games(), players(address), matchmaking(buckets, address), trivia())
              .flatMap(part -> part)
              .collect(Collectors.toMap(Object::getClass, function -> function));
    } catch (RuntimeException e) {
      // It will be made anew at the next invocation, and what was opened would stay open.
      close();
      throw e;
    }
  }

  private Stream<Object> games() {
    HttpEdge edge = adapters.edge();
    Database database = adapters.database();
    Orchestrations orchestrations = adapters.orchestrations();
    NotificationStore store = new NotificationStore(database, clock);
    Notifications notifications =
        new Notifications(store, adapters.instances(), settings.notificationAckSeconds());
    DataClient data = new DataClient(database);
    Games games =
        new Games(data, new OpenSessions(database, data), GAMES, new SecureRandom(), clock);
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
        delivery(store, games));
  }

  /** What brings notifications to players. */
  private Stream<Object> delivery(NotificationStore store, Games games) {
    Settings.Push push = settings.push();
    Optional<PushHub> hub =
        push.connectionString().isEmpty()
            ? Optional.empty()
            : Optional.of(new PushHub(push.connectionString(), push.hub(), clock));
    Devices devices = new Devices(adapters.database(), hub, clock);
    Subjects subjects =
        (session, player) ->
            games
                .seen(session, player)
                .map(seen -> new Subjects.Subject(seen.version(), seen.opponent(), seen.view()));
    return Stream.of(
        new DeviceFunctions(adapters.edge(), devices),
        new NotificationOrchestrator(),
        new NotificationActivities(
            store,
            new Pushes(devices, hub, clock),
            subjects,
            Duration.ofSeconds(settings.notificationAckSeconds()),
            clock));
  }

  private Stream<Object> players(OwnAddress address) {
    return Stream.of(
        new PlayerFunctions(adapters.edge(), adapters.players(), adapters.tokens(), address, clock),
        new HealthFunctions(
            adapters.edge(), adapters.stores(), adapters.database()::schemaVersion));
  }

  private Stream<Object> matchmaking(Buckets buckets, OwnAddress address) {
    Settings.Matchmaking matchmaking = settings.matchmaking();
    HttpEdge edge = adapters.edge();
    Redis redis = adapters.redis();
    Instances instances = adapters.instances();
    Duration lease = matchmaking.handOverLease();
    Tickets tickets = new Tickets(redis, clock);
    SessionPool sessions = new SessionPool(redis, clock, lease);
    // After twice the lease nobody who was told of a server is still about to be told.
    ServerPool servers =
        new ServerPool(redis, clock, matchmaking.serverLease(), lease.multipliedBy(2));
    HandOver handOver =
        new HandOver(
            sessions,
            adapters.sender(matchmaking.matchMadeHub()),
            adapters.sender(matchmaking.scaleOutHub()),
            matchmaking.region(),
            clock);
    MatchRequests requests =
        new MatchRequests(
            tickets, buckets, instances, adapters.sender(matchmaking.matchRequestsHub()), clock);
    return Stream.of(
        new MatchmakingFunctions(edge, requests, adapters.players()::name, address),
        new ServerFunctions(edge, servers, sessions, new PoolStats(redis, clock), handOver),
        new AddPlayers(tickets, handOver, buckets, instances, matchmaking.hubRetention(), clock),
        new ReadySessionMonitor(sessions, servers, handOver),
        new MatchMadeNotificationDistributor(instances),
        new MatchRequestOrchestrator(),
        new MatchmakingActivities(tickets, handOver));
  }

  private Stream<Object> trivia() {
    Settings.Trivia trivia = settings.trivia();
    HttpEdge edge = adapters.edge();
    Database database = adapters.database();
    String region = settings.matchmaking().region();
    AskedClues asked = new AskedClues(database, region);
    Guesses guesses = new Guesses(database, region, clock);
    return Stream.of(
        new TriviaFunctions(edge, adapters.instances(), trivia.beatSeconds(), trivia.autostart()),
        new GuessFunctions(edge, asked, guesses, new Leaderboard(database, clock), clock),
        new TriviaOrchestrator(),
        new TriviaActivities(new FreshClues(clues(trivia), asked), asked, clock));
  }

  private List<ClueSource> clues(Settings.Trivia trivia) {
    ClueSource bank = new ClueBank();
    if (trivia.cluesUrl().isEmpty()) {
      return List.of(bank);
    }
    ClueSource service = new HttpClueSource(URI.create(trivia.cluesUrl()));
    return List.of(new RestingClueSource(service, clock), bank);
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
    adapters.close();
  }
}
