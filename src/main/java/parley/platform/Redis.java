package parley.platform;

import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Redis: a pool of connections that runs scripts. A server that does not answer, or is not ready to
 * be written to, is a 503.
 */
public class Redis implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int CONNECTIONS = 16;

  /** What a server answers that starts, fails over or is kept busy. */
  private static final List<String> NOT_NOW =
      List.of("LOADING", "MASTERDOWN", "READONLY", "BUSY", "OOM", "MISCONF", "CLUSTERDOWN");

  private final RedisClient client;

  /**
   * @param url {@code redis://} or {@code rediss://}; may hold a password, and is never logged
   */
  public Redis(String url) {
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    pool.setMaxWait(Duration.ofMillis(TIMEOUT_MILLIS));
    URI uri = URI.create(url);
    client =
        RedisClient.builder()
            .hostAndPort(JedisURIHelper.getHostAndPort(uri))
            .clientConfig(
                DefaultJedisClientConfig.builder(uri)
                    .connectionTimeoutMillis(TIMEOUT_MILLIS)
                    .socketTimeoutMillis(TIMEOUT_MILLIS)
                    .clientName("parley")
                    .resp2()
                    .build())
            .poolConfig(pool)
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
