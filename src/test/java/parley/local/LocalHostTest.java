package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.functions.Samples;
import parley.local.services.StartException;
import redis.clients.jedis.RedisClient;

class LocalHostTest {

  private static final String MYSQL = "MYSQL_CONNECTION_STRING";
  private static final String REDIS = "REDIS_CONNECTION_STRING";
  private static final String NO_MYSQL = "jdbc:mysql://nowhere/";
  private static final String NO_REDIS = "redis://nowhere";

  private static final Map<String, String> SETTINGS =
      Map.of(MYSQL, NO_MYSQL, REDIS, NO_REDIS, "TICK_SCHEDULE", "0 0 * * * *");

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2024-01-01T00:00:00Z");
  private final SampleFunctions functions = new SampleFunctions();
  private final List<String> calls = new ArrayList<>();
  private Map<String, String> seen;

  @Test
  void runs_an_app_and_ends_it_with_all_the_rest() throws Exception {
    URI uri;
    try (LocalHost host = LocalHost.start(options(LocalPorts.ANY, SETTINGS))) {
      uri = URI.create("http://127.0.0.1:" + host.httpPort() + "/api/keyed?code=");
      assertEquals("let in", get(uri + host.functionKey()).body());
      assertEquals(401, get(uri + host.systemKey()).statusCode());
    }
    assertEquals(List.of("migrate", "make", "close"), calls);
    assertThrows(ConnectException.class, () -> get(uri.toString()));
  }

  @Test
  void timers_follow_the_clock_that_a_test_moves() throws Exception {
    try (LocalHost host = LocalHost.start(options(LocalPorts.ANY, SETTINGS))) {
      clock.advance(Duration.ofHours(1));
      host.clockMoved();
      assertNotNull(functions.ticks.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void what_is_set_wins_over_defaults_and_what_nobody_sets_is_made() {
    try (LocalHost host = LocalHost.start(options(LocalPorts.ANY, SETTINGS))) {
      assertEquals("default", seen.get("ONLY_DEFAULT"));
      assertEquals("0 0 * * * *", seen.get("TICK_SCHEDULE"));
      assertEquals(NO_MYSQL, seen.get(MYSQL));
      assertEquals(NO_REDIS, seen.get(REDIS));
      assertFalse(seen.get("PLAYER_TOKEN_KEY").isEmpty());
      assertFalse(seen.containsValue(host.systemKey()));
    }
  }

  @Test
  void a_setting_that_a_schedule_needs_is_asked_for_by_name_and_nothing_stays_open() {
    Map<String, String> settings = Map.of(MYSQL, NO_MYSQL, REDIS, NO_REDIS);
    LocalOptions options =
        new LocalOptions(
            folder,
            false,
            LocalPorts.ANY,
            clock,
            List.of(SampleFunctions.class),
            settings,
            Map.of(),
            app());
    String message =
        assertThrows(IllegalArgumentException.class, () -> LocalHost.start(options)).getMessage();
    assertEquals("function Tick: the setting TICK_SCHEDULE is missing", message);
    assertEquals(List.of("migrate", "make", "close"), calls);
    LocalHost.start(options(LocalPorts.ANY, SETTINGS)).close();
  }

  @Test
  void a_port_that_is_taken_is_reported_by_number_and_name() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      String message =
          assertThrows(
                  StartException.class,
                  () -> LocalHost.start(options(new LocalPorts(port, 0, 0), SETTINGS)))
              .getMessage();
      assertEquals(
          "port %d (http) is taken; choose another with -Dport.http=…".formatted(port), message);
    }
    assertTrue(calls.isEmpty());
  }

  @Test
  void a_redis_of_its_own_is_there_for_the_app_keeps_what_it_holds_and_is_emptied_by_a_reset() {
    Map<String, String> settings = Map.of(MYSQL, NO_MYSQL, "TICK_SCHEDULE", "0 0 * * * *");
    try (LocalHost host = LocalHost.start(options(LocalPorts.ANY, settings));
        RedisClient redis = RedisClient.create(seen.get(REDIS))) {
      String at = seen.get(REDIS).replaceFirst(".*@", "");
      assertTrue(host.services().contains("Redis " + at), host.services().toString());
      assertEquals("OK", redis.set("k", "kept"));
    }
    assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", redisPort()).close());
    for (boolean reset : new boolean[] {false, true}) {
      try (LocalHost host = LocalHost.start(options(reset, LocalPorts.ANY, settings));
          RedisClient redis = RedisClient.create(seen.get(REDIS))) {
        assertEquals(reset ? null : "kept", redis.get("k"), host.services().toString());
      }
    }
  }

  private int redisPort() {
    return URI.create(seen.get(REDIS)).getPort();
  }

  @Test
  void a_taken_port_of_a_server_counts_only_if_the_server_is_its_own() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      LocalPorts ports = new LocalPorts(0, 0, port, port, 0, 0, 0);
      LocalHost.start(options(ports, SETTINGS)).close();
      assertEquals(
          "port %1$d (mariadb) is taken; choose another with -Dport.mariadb=…%nport %1$d (redis) is taken; choose another with -Dport.redis=…"
              .formatted(port),
          assertThrows(StartException.class, () -> LocalHost.start(options(ports, Map.of())))
              .getMessage());
    }
  }

  @Test
  void an_app_that_cannot_be_made_ends_the_start_with_its_own_message() {
    LocalOptions options =
        new LocalOptions(
            folder,
            false,
            LocalPorts.ANY,
            clock,
            List.of(SampleFunctions.class),
            SETTINGS,
            Map.of(),
            (settings, time) -> {
              throw new IllegalArgumentException("the setting MATCH_TIMEOUT is no number: x");
            });
    String message =
        assertThrows(IllegalArgumentException.class, () -> LocalHost.start(options)).getMessage();
    assertEquals("the setting MATCH_TIMEOUT is no number: x", message);
    LocalHost.start(options(LocalPorts.ANY, SETTINGS)).close();
  }

  @Test
  void the_banner_names_every_function_with_its_methods_and_its_url() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int port;
    try (LocalHost host = LocalHost.start(options(LocalPorts.ANY, SETTINGS))) {
      port = host.httpPort();
      Banner.print(host, Duration.ofMillis(1_234), new PrintStream(printed, true));
      assertFalse(printed.toString().contains(host.systemKey()));
    }
    String text = printed.toString();
    String base = "http://localhost:" + port;
    assertTrue(text.contains("Echo: [GET,POST] " + base + "/api/echo/{id}/{n:int}"), text);
    assertTrue(text.contains("Tick: timerTrigger"), text);
    assertTrue(text.contains("Ready in 1.2 s"), text);
    assertTrue(text.contains("Try: curl " + base + "/api/answer/me"), text);
  }

  @Test
  void two_hosts_cannot_share_a_folder() {
    try (LocalHost host = LocalHost.start(options(LocalPorts.ANY, SETTINGS))) {
      assertThrows(StartException.class, () -> LocalHost.start(options(LocalPorts.ANY, SETTINGS)));
      assertTrue(host.httpPort() > 0);
    }
  }

  private LocalOptions options(LocalPorts ports, Map<String, String> settings) {
    return options(false, ports, settings);
  }

  private LocalOptions options(boolean reset, LocalPorts ports, Map<String, String> settings) {
    return new LocalOptions(
        folder,
        reset,
        ports,
        clock,
        List.of(SampleFunctions.class),
        settings,
        Map.of("ONLY_DEFAULT", "default", "TICK_SCHEDULE", "never"),
        app());
  }

  private HostedApp.Factory app() {
    return new HostedApp.Factory() {
      @Override
      public void migrate(Map<String, String> settings) {
        calls.add("migrate");
      }

      @Override
      public HostedApp make(Map<String, String> settings, Clock clock) {
        calls.add("make");
        seen = settings;
        return new HostedApp(Samples.injector(functions), () -> calls.add("close"));
      }
    };
  }

  private static HttpResponse<String> get(String uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
  }
}
