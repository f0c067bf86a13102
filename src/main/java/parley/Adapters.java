package parley;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import parley.platform.Database;
import parley.platform.DurableCalls;
import parley.platform.EventSender;
import parley.platform.HealthFunctions;
import parley.platform.HttpEdge;
import parley.platform.Instances;
import parley.platform.Orchestrations;
import parley.platform.RateLimit;
import parley.platform.Redis;
import parley.platform.Settings;
import parley.platform.identity.LiveToken;
import parley.players.PlayerStore;
import parley.players.Tokens;

/**
 * What several parts of the app reach the world through, made once for all of them; none connects
 * before it is used. Whatever has to be closed is closed with it, the last made first.
 */
final class Adapters implements AutoCloseable {

  /** What an access token for Redis is asked for with. */
  private static final String REDIS_SCOPE = "https://redis.azure.com/.default";

  private final Settings.Matchmaking settings;
  private final Deque<Runnable> open = new ArrayDeque<>();
  private final Database database;
  private final Redis redis;
  private final Orchestrations orchestrations;
  private final Instances instances;
  private final Tokens tokens;
  private final HttpEdge edge;
  private final PlayerStore players;

  Adapters(Settings settings, Clock clock) {
    this.settings = settings.matchmaking();
    try {
      database =
          closed(
              new Database(settings.mysqlConnectionString(), settings.mysqlPoolSize()),
              Database::close);
      redis = closed(redis(this.settings, clock), Redis::close);
      DurableCalls calls = closed(new DurableCalls(), DurableCalls::close);
      orchestrations = closed(new Orchestrations(calls), Orchestrations::close);
      instances = new Instances(calls);
      tokens = new Tokens(settings.playerTokenKey(), settings.playerTokenLifetime(), clock);
      edge = new HttpEdge(tokens, new RateLimit(settings.playerRequestsPerMinute(), clock));
      players = new PlayerStore(database);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Redis redis(Settings.Matchmaking settings, Clock clock) {
    String url = settings.redisConnectionString();
    return settings
        .redisIdentity()
        .map(identity -> new LiveToken(identity.credential(), REDIS_SCOPE, clock))
        .map(token -> new Redis(url, closed(token, LiveToken::close)))
        .orElseGet(() -> new Redis(url));
  }

  Database database() {
    return database;
  }

  Redis redis() {
    return redis;
  }

  Orchestrations orchestrations() {
    return orchestrations;
  }

  Instances instances() {
    return instances;
  }

  Tokens tokens() {
    return tokens;
  }

  HttpEdge edge() {
    return edge;
  }

  PlayerStore players() {
    return players;
  }

  /** What the app's health depends on. */
  List<HealthFunctions.Store> stores() {
    return List.of(
        new HealthFunctions.Store("mysql", true, database::ping),
        new HealthFunctions.Store("redis", false, redis::ping));
  }

  /** One more sender of events to a hub of the namespace. */
  EventSender sender(String hub) {
    Settings.EventHubs hubs = settings.eventHubs();
    EventSender sender =
        hubs.identity()
            .map(identity -> new EventSender(hubs.namespace(), identity.credential(), hub))
            .orElseGet(() -> new EventSender(hubs.connectionString(), hub));
    return closed(sender, EventSender::close);
  }

  private <T> T closed(T part, Consumer<T> close) {
    open.push(() -> close.accept(part));
    return part;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }
}
