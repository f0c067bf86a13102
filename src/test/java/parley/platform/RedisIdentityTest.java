package parley.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.TestRedis;
import parley.local.TestClock;
import parley.platform.identity.LiveToken;
import parley.platform.identity.TestTokens;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ClientKillParams;

/** With a real Redis that takes for passwords whatever tokens were handed out. */
class RedisIdentityTest {

  private static final String OBJECT_ID = "7f3a0f62-5b0c-4d43-9d8e-1c3c2f1b0a99";

  /** By a clock that stands still: so a token is renewed after half of that, and never ends. */
  private static final Duration LIFE = Duration.ofMillis(100);

  private static final long PATIENCE_SECONDS = 20;
  private static final RedisScript ONE = RedisScript.ofText("return 1");

  private static parley.local.services.Redis server;
  private static Jedis operator;
  private static Jedis grants;

  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final TestTokens entra =
      new TestTokens(OBJECT_ID, clock, LIFE, RedisIdentityTest::accept);
  private final AllLogs logs = new AllLogs();
  private LiveToken token;
  private Redis redis;

  @BeforeAll
  static void startServer(@TempDir Path folder) {
    server = TestRedis.own(folder);
    operator = new Jedis(server.connectionString());
    grants = new Jedis(server.connectionString());
  }

  @AfterAll
  static void endServer() {
    operator.close();
    grants.close();
    server.close();
  }

  @BeforeEach
  void nobodyIsKnown() {
    operator.aclDelUser(OBJECT_ID);
  }

  @AfterEach
  void nothingOfATokenIsLogged() {
    redis.close();
    haltEntra();
    token.close();
    logs.close();
    assertFalse(entra.tokens().isEmpty());
    for (String secret : entra.tokens()) {
      assertFalse(logs.text().contains(secret), "a token is logged");
    }
  }

  @Test
  void it_signs_in_as_whom_the_token_is_for_and_again_on_the_same_connection_before_that_ends() {
    connect();
    assertEquals(1L, redis.run(ONE, List.of()));
    String connection = connections();
    long signIns = signIns();

    await(
        () -> {
          redis.ping();
          return signIns() > signIns + 2;
        });

    assertEquals(connection, connections());
    assertEquals(Set.of("https://redis.azure.com/.default"), Set.copyOf(entra.scopes()));
  }

  @Test
  void it_goes_on_with_the_token_at_hand_while_entra_is_down_and_with_a_new_one_after_that() {
    connect();
    redis.ping();
    haltEntra();
    String old = newest();
    disconnect();
    assertEquals(1L, redis.run(ONE, List.of()), "on a new connection");

    entra.down(false);
    await(() -> !newest().equals(old));
    haltEntra();
    operator.aclSetUser(OBJECT_ID, "resetpass", ">" + newest());
    disconnect();

    assertEquals(1L, redis.run(ONE, List.of()));
  }

  @Test
  void without_a_good_token_it_is_unavailable_until_there_is_one() {
    entra.down(true);
    connect();
    assertUnavailable();
    entra.down(false);
    await(this::runs);

    haltEntra();
    clock.advance(LIFE);
    assertUnavailable();

    entra.down(false);
    await(this::runs);
  }

  @Test
  void a_token_that_redis_refuses_is_a_503_too() {
    connect();
    redis.ping();
    haltEntra();
    operator.aclSetUser(OBJECT_ID, "resetpass", ">another");
    disconnect();

    assertUnavailable();
  }

  private static synchronized void accept(String token) {
    grants.aclSetUser(OBJECT_ID, "on", ">" + token, "~*", "&*", "+@all");
  }

  private void connect() {
    token = entra.live();
    redis = new Redis(server.connectionString().replaceFirst(":[^:@/]*@", ""), token);
  }

  /** Returns when nobody waits for it any more. */
  private void haltEntra() {
    entra.down(true);
    int refused = entra.refused();
    await(() -> entra.refused() > refused);
  }

  private String newest() {
    List<String> tokens = entra.tokens();
    return tokens.get(tokens.size() - 1);
  }

  private static void disconnect() {
    operator.clientKill(ClientKillParams.clientKillParams().user(OBJECT_ID));
  }

  /** The ids of those that are signed in. */
  private static String connections() {
    Matcher ids =
        Pattern.compile("^id=(\\d+) .* user=" + OBJECT_ID, Pattern.MULTILINE)
            .matcher(operator.clientList());
    assertTrue(ids.find());
    return ids.group(1);
  }

  /** How often anybody has signed in. */
  private static long signIns() {
    Matcher calls =
        Pattern.compile("cmdstat_auth:calls=(\\d+)").matcher(operator.info("commandstats"));
    assertTrue(calls.find());
    return Long.parseLong(calls.group(1));
  }

  private boolean runs() {
    try {
      return redis.run(ONE, List.of()).equals(1L);
    } catch (ProblemException e) {
      return false;
    }
  }

  private void assertUnavailable() {
    Problem problem =
        assertThrows(ProblemException.class, () -> redis.run(ONE, List.of())).problem();
    assertEquals(503, problem.status());
    assertEquals(2, problem.retryAfter().toSeconds());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      Thread.onSpinWait();
    }
  }
}
