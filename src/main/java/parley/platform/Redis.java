package parley.platform;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import parley.platform.identity.LiveToken;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Redis: a pool of connections that runs scripts. A server that does not answer, or is not ready to
 * be written to, is a 503.
 */
public class Redis implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int CONNECTIONS = 16;

  /** What a server answers that starts, fails over, is kept busy or has not let us in. */
  private static final List<String> NOT_NOW =
      List.of(
          "LOADING",
          "MASTERDOWN",
          "READONLY",
          "BUSY",
          "OOM",
          "MISCONF",
          "CLUSTERDOWN",
          "NOAUTH",
          "WRONGPASS");

  private final RedisClient client;

  /**
   * @param url {@code redis://} or {@code rediss://}; may hold a password, and is never logged
   */
  public Redis(String url) {
    URI uri = URI.create(url);
    client =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(uri))
            .clientConfig(config(uri).build())
            .poolConfig(pool())
            .build();
  }

  /**
   * A Redis that is opened by an access token instead of a password.
   *
   * @param url without a password; with a user's name only if it is not the token's object id
   * @param token for Redis; not closed with it
   */
  public Redis(String url, LiveToken token) {
    URI uri = URI.create(url);
    RedisSignIn signIn = new RedisSignIn(token, JedisURIHelper.getUser(uri));
    JedisClientConfig config = config(uri).credentialsProvider(signIn).build();
    SignedInConnections connections =
        new SignedInConnections(JedisURIHelper.getHostAndPort(uri), config, signIn);
    client =
        RedisClient.builder()
            .clientConfig(config)
            .connectionProvider(new PooledConnectionProvider(connections, pool()))
            .build();
  }

  /**
   * Runs a script. After a failure it may have been run, or not: a caller must be able to bear
   * either, and to run it again.
   *
   * @param arguments its {@code ARGV}
   * @return a {@code Long}, a {@code String}, a {@code List} of such, or null
   * @throws ProblemException 503 if Redis does not answer
   */
  public Object run(RedisScript script, List<String> arguments) {
    try {
      return runOnce(script, arguments);
    } catch (JedisConnectionException e) {
      if (e.getCause() instanceof SocketTimeoutException) {
        throw unavailable(e);
      }
      // The server was restarted: what the pool holds are ends of the old connections.
      client.getPool().clear();
      try {
        return runOnce(script, arguments);
      } catch (JedisException again) {
        throw problem(again);
      }
    } catch (JedisException e) {
      throw problem(e);
    }
  }

  /** Throws a 503 problem if Redis does not answer. */
  public void ping() {
    try {
      client.ping();
    } catch (JedisException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static ConnectionPoolConfig pool() {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
    return pool;
  }

  private static DefaultJedisClientConfig.Builder config(URI uri) {
    return DefaultJedisClientConfig.builder(uri)
        .connectionTimeoutMillis(TIMEOUT_MILLIS)
        .socketTimeoutMillis(TIMEOUT_MILLIS)
        .clientName("parley")
        .resp2();
  }

  private Object runOnce(RedisScript script, List<String> arguments) {
    try {
      return client.evalsha(script.sha(), List.of(), arguments);
    } catch (JedisNoScriptException e) {
      // It remembers the script from now on.
      return client.eval(script.text(), List.of(), arguments);
    }
  }

  private static RuntimeException problem(JedisException e) {
    boolean refused = e instanceof JedisDataException;
    if (refused
        && NOT_NOW.stream().noneMatch(word -> String.valueOf(e.getMessage()).startsWith(word))) {
      return new IllegalStateException("Redis refused a script", e);
    }
    return unavailable(e);
  }

  private static ProblemException unavailable(JedisException e) {
    return new ProblemException(Problem.unavailable("Redis"), e);
  }
}
