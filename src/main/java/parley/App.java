package parley;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
import parley.notifications.NotificationFunctions;
import parley.notifications.NotificationStore;
import parley.platform.Database;
import parley.platform.HealthFunctions;
import parley.platform.HttpEdge;
import parley.platform.Orchestrations;
import parley.platform.RateLimit;
import parley.platform.Schema;
import parley.platform.Settings;
import parley.players.PlayerFunctions;
import parley.players.PlayerStore;
import parley.players.Tokens;

/** The composition root: every adapter is made here, once per process. */
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
          HealthFunctions.class);

  private final Map<Class<?>, Object> functions;
  private final Database database;
  private final Orchestrations orchestrations;

  /**
   * Makes the whole app.
   *
   * @param environment the app settings by name, as the environment of a worker holds them
   * @param clock what the app takes the time from
   * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
   */
  public App(Map<String, String> environment, Clock clock) {
    Settings settings = Settings.from(environment);
    database = new Database(settings.mysqlConnectionString(), settings.mysqlPoolSize());
    orchestrations = new Orchestrations();

    Tokens tokens = new Tokens(settings.playerTokenKey(), settings.playerTokenLifetime(), clock);
    RateLimit limit = new RateLimit(settings.playerRequestsPerMinute(), clock);
    HttpEdge edge = new HttpEdge(tokens, limit);

    DataClient data = new DataClient(database);
    Games games = new Games(data, new OpenSessions(database), GAMES, new SecureRandom(), clock);
    GameReplies replies = new GameReplies(games, orchestrations);
    DueSessions due = new DueSessions(database);
    NotificationStore notifications = new NotificationStore(database, clock);

    functions =
        Stream.of(
                new GameFunctions(edge, games, new SessionPages(database), replies, orchestrations),
                new TurnFunctions(edge, data, replies),
                new GameOrchestrator(),
                new GameActivities(games, due, notifications::queue),
                new WakeGameSessions(due, orchestrations, clock),
                new PlayerFunctions(edge, new PlayerStore(database), tokens, clock),
                new NotificationFunctions(edge, notifications),
                new HealthFunctions(edge, List.of(mysql())))
            .collect(Collectors.toMap(Object::getClass, function -> function));
  }

  /** What stands in for the settings that are not given, by name. */
  public static Map<String, String> defaults() {
    return Settings.defaults();
  }

  /**
   * Brings the database to this version's schema.
   *
   * @param environment the app settings by name; only the database's is looked at
   */
  public static void migrate(Map<String, String> environment) {
    Schema.migrate(Settings.mysqlConnectionString(environment));
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
    orchestrations.close();
    database.close();
  }

  private HealthFunctions.Store mysql() {
    return new HealthFunctions.Store("mysql", true, database::ping);
  }
}
