package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.services.Redis;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A Redis that a test takes away can be brought back. */
class TestRedisTest {

  @TempDir private Path folder;

  @Test
  void a_redis_of_its_own_can_be_away_and_come_back_as_it_was_or_empty() {
    Redis server = TestRedis.own(folder);
    assertNotEquals(TestRedis.url(), server.connectionString());
    try {
      String url = server.connectionString();
      assertEquals("OK", ask(url, redis -> redis.set("k", "kept")));
      server.close();
      assertThrows(JedisConnectionException.class, () -> ask(url, RedisClient::ping));
      server = TestRedis.own(folder, server.port());
      assertEquals("kept", ask(url, redis -> redis.get("k")));
      server.close();
      TestRedis.forget(folder);
      server = TestRedis.own(folder, server.port());
      assertNull(ask(url, redis -> redis.get("k")));
    } finally {
      server.close();
    }
  }

  private static String ask(String url, Function<RedisClient, String> question) {
    try (RedisClient redis = RedisClient.create(url)) {
      return question.apply(redis);
    }
  }
}
