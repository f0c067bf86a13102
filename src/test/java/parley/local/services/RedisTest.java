package parley.local.services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.local.LocalPorts;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** With real servers; the unpacked binary is kept from run to run. */
class RedisTest {

  private final Path folder = Path.of("target", "redis-test").toAbsolutePath();
  private StateFolder state;

  @BeforeEach
  void startAfresh() {
    state = StateFolder.open(folder);
    state.reset(List.of(Redis.binaries(folder)));
  }

  @AfterEach
  void leaveNothing() throws IOException {
    Redis.reap(folder);
    state.close();
  }

  @Test
  void data_survives_a_restart_at_the_same_port_and_a_new_password_takes_effect() throws Exception {
    int port = LocalPorts.anyFree();
    try (Redis server = Redis.start(folder, port, "first_password")) {
      assertEquals("OK", ask(server, redis -> redis.set("k", "grüße 🎲")));
    }
    try (Redis server = Redis.start(folder, port, "second_password")) {
      assertEquals("grüße 🎲", ask(server, redis -> redis.get("k")));
      for (String wrong : List.of(":first_password@", "")) {
        String url = server.connectionString().replace(":second_password@", wrong);
        assertThrows(JedisException.class, () -> ask(url, redis -> redis.get("k")));
      }
    }
    assertFalse(Files.exists(folder.resolve("redis.pid")));
  }

  @Test
  void it_forgets_nothing_by_itself_and_shows_nobody_its_password() throws Exception {
    try (Redis server = Redis.start(folder, LocalPorts.anyFree(), "password")) {
      assertEquals("127.0.0.1", directive(server, "bind"));
      assertEquals("yes", directive(server, "appendonly"));
      assertEquals("everysec", directive(server, "appendfsync"));
      assertEquals("", directive(server, "save"));
      assertEquals("noeviction", directive(server, "maxmemory-policy"));
      ProcessHandle.Info process = ProcessHandle.of(server.pid()).orElseThrow().info();
      assertFalse(process.commandLine().orElse("").contains("password"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_whose_host_was_killed_is_found_and_ended_at_the_next_start(boolean pidWritten)
      throws Exception {
    int port = LocalPorts.anyFree();
    ProcessHandle left = leftByKilledHost(port);
    assertTrue(left.isAlive());
    if (!pidWritten) {
      Files.delete(folder.resolve("redis.pid"));
    }
    assertTrue(Redis.reap(folder));
    // Not isAlive, which may be true until somebody takes notice of its end.
    assertEquals(Optional.empty(), left.info().command());
    try (Redis server = Redis.start(folder, port, "password")) {
      assertEquals("PONG", ask(server, RedisClient::ping));
    }
  }

  private ProcessHandle leftByKilledHost(int port) throws Exception {
    Process host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.config.file=src/test/resources/logging.properties",
                "-cp",
                System.getProperty("java.class.path"),
                RedisHost.class.getName(),
                folder.toString(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = host.inputReader()) {
      return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    } finally {
      host.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_server_that_is_killed_is_started_again_with_its_data_and_a_line_says_so()
      throws Exception {
    try (LogLines log = new LogLines(KeptServer.class);
        Redis server = Redis.start(folder, LocalPorts.anyFree(), "password")) {
      ask(server, redis -> redis.set("k", "kept"));
      long killed = server.pid();
      ProcessHandle.of(killed).orElseThrow().destroyForcibly();
      assertTrue(log.next().matches("redis has ended \\(exit code \\d+\\); .* 1 of 3 times"));
      assertEquals("redis is ready again", log.next());
      assertNotEquals(killed, server.pid());
      assertEquals("kept", ask(server, redis -> redis.get("k")));
    }
  }

  @Test
  void a_start_that_fails_tells_what_the_server_said_and_leaves_nothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StartException failure =
          assertThrows(
              StartException.class, () -> Redis.start(folder, taken.getLocalPort(), "password"));
      assertTrue(failure.getMessage().contains("Address already in use"), failure.getMessage());
    }
    assertFalse(Files.exists(folder.resolve("redis.pid")));
  }

  @Test
  void the_binary_is_unpacked_once_and_again_if_it_is_not_whole() throws Exception {
    Path executable = Redis.binaries(folder).resolve("redis-server");
    Redis.start(folder, LocalPorts.anyFree(), "password").close();
    FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(executable, longAgo);
    Redis.start(folder, LocalPorts.anyFree(), "password").close();
    assertEquals(longAgo, Files.getLastModifiedTime(executable));

    Files.writeString(executable, "cut short");
    try (Redis server = Redis.start(folder, LocalPorts.anyFree(), "password")) {
      assertEquals("PONG", ask(server, RedisClient::ping));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, true",
    "Linux, aarch64, true",
    "Mac OS X, x86_64, true",
    "Mac OS X, aarch64, true",
    "Windows 11, amd64, false",
    "Linux, riscv64, false"
  })
  void there_is_a_binary_for_the_platforms_of_redis_6(String os, String arch, boolean there) {
    assertEquals(there, Redis.binary(os, arch).isPresent());
  }

  @Test
  void a_library_that_it_misses_is_named_with_the_way_out() {
    String said = "redis-server: error while loading shared libraries: libssl.so.3";
    String told = Redis.explained(new StartException(said)).getMessage();
    assertTrue(told.startsWith(said), told);
    assertTrue(told.contains("OpenSSL 3"), told);
    assertTrue(told.contains("REDIS_CONNECTION_STRING"), told);
  }

  private static String directive(Redis server, String name) {
    return ask(server, redis -> redis.configGet(name).get(name));
  }

  private static <T> T ask(Redis server, Function<RedisClient, T> question) {
    return ask(server.connectionString(), question);
  }

  private static <T> T ask(String url, Function<RedisClient, T> question) {
    try (RedisClient redis = RedisClient.create(url)) {
      return question.apply(redis);
    }
  }
}
