package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.push.PushServer;
import parley.local.services.StartException;

/** A notification hub as a part of the local host. */
class LocalHostPushTest {

  private static final String SETTING = "NOTIFICATIONHUB_CONNECTION_STRING";
  private static final Map<String, String> NAMED = Map.of("NOTIFICATIONHUB_NAME", "parley");

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final Map<String, String> seen = new HashMap<>();

  @Test
  void the_app_is_told_where_the_hub_is_and_anybody_sees_what_was_sent() throws Exception {
    try (LocalHost host = start(LocalPorts.ANY, NAMED)) {
      PushServer hub = host.notificationHub().orElseThrow();
      assertEquals(hub.connectionString(), seen.get(SETTING));
      assertTrue(host.services().contains("Notification hub " + hub.listUrl()));
      HttpRequest list = HttpRequest.newBuilder(URI.create(hub.listUrl())).build();
      assertEquals("[]", HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).body());
    }
    String key = Files.readString(folder.resolve("notification-hub-key"));
    assertTrue(seen.get(SETTING).endsWith(";SharedAccessKey=" + key));
    assertTrue(Files.exists(folder.resolve("notification-hub.db")));
  }

  @Test
  void a_hub_elsewhere_is_used_when_the_user_names_it_and_none_is_served() throws Exception {
    Map<String, String> settings = new HashMap<>(NAMED);
    settings.put(SETTING, "Endpoint=sb://elsewhere/;SharedAccessKeyName=a;SharedAccessKey=b");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LocalHost host = start(ports(taken.getLocalPort()), settings)) {
      assertEquals(Optional.empty(), host.notificationHub());
      assertEquals(settings.get(SETTING), seen.get(SETTING));
    }
  }

  @Test
  void an_app_that_knows_no_hub_gets_none() {
    try (LocalHost host = start(LocalPorts.ANY, Map.of())) {
      assertEquals(Optional.empty(), host.notificationHub());
      assertFalse(seen.containsKey(SETTING));
    }
  }

  @Test
  void a_taken_port_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertEquals(
          "port %d (push) is taken; choose another with -Dport.push=…".formatted(port),
          assertThrows(StartException.class, () -> start(ports(port), NAMED)).getMessage());
    }
  }

  private static LocalPorts ports(int push) {
    return new LocalPorts(0, 0, 0, 0, 0, 0, push);
  }

  private LocalHost start(LocalPorts ports, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("MYSQL_CONNECTION_STRING", "jdbc:mysql://nowhere/");
    all.put("REDIS_CONNECTION_STRING", "redis://nowhere");
    return LocalHost.start(
        new LocalOptions(
            folder,
            false,
            ports,
            clock,
            List.of(),
            all,
            Map.of(),
            (made, time) -> {
              seen.putAll(made);
              return new HostedApp(nothing(), () -> {});
            }));
  }

  private static FunctionInstanceInjector nothing() {
    return new FunctionInstanceInjector() {
      @Override
      public <T> T getInstance(Class<T> functionClass) {
        throw new AssertionError("there are no functions");
      }
    };
  }
}
