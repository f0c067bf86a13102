package parley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import parley.local.LocalPorts;
import parley.local.services.Redis;
import parley.local.services.StateFolder;
import redis.clients.jedis.RedisClient;

/**
 * One Redis for all tests of a run, empty at first; and others for tests that take theirs away.
 *
 * <p>One that was closed is there again with {@link #own(Path, int)}: as it was, or empty after
 * {@link #forget}.
 */
public final class TestRedis {

  private static final String PASSWORD = "tests-only";
  private static final String URL = start();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestRedis() {}

  /** The URL of the one for all tests. */
  public static String url() {
    return URL;
  }

  /** The URL of a database of it that is empty, for a test that looks at all of it. */
  public static String fresh() {
    String url = URL + "/" + DATABASES.updateAndGet(last -> last % 15 + 1);
    try (RedisClient redis = RedisClient.create(url)) {
      redis.flushDB();
    }
    return url;
  }

  /** Starts another, for the caller to close. */
  public static Redis own(Path folder) {
    return own(folder, LocalPorts.anyFree());
  }

  /** Starts another at a port, with what was kept in the folder. */
  public static Redis own(Path folder, int port) {
    return Redis.start(folder, port, PASSWORD);
  }

  /** Deletes what a Redis has kept in a folder; it must have been closed. */
  public static void forget(Path folder) {
    try (StateFolder state = StateFolder.open(folder)) {
      state.reset(List.of(Redis.binaries(state.path())));
    }
  }

  private static String start() {
    String url = System.getProperty("test.redis");
    return url == null ? startRedis() : url;
  }

  private static String startRedis() {
    try {
      Path folder = Path.of("target", "test-redis").toAbsolutePath();
      Redis.reap(folder);
      forget(folder);
      Redis server = own(folder);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server.connectionString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
