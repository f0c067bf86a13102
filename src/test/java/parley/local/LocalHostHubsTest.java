package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.eventhubs.EventHubProducerClient;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.eventhubs.TestHubs;
import parley.local.eventhubs.trigger.TriggerOptions;
import parley.local.services.StartException;

/** Event hubs as a part of the local host. */
class LocalHostHubsTest {

  private static final String SETTING = "EVENTHUB_CONNECTION_STRING";

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final HubSink functions = new HubSink();
  private final Map<String, String> seen = new HashMap<>();

  @Test
  void the_app_is_told_where_the_hubs_are_and_its_functions_get_what_is_sent_there()
      throws Exception {
    try (LocalHost host = start(LocalPorts.ANY, Map.of("SAMPLE_HUB", "Sunk"))) {
      String connection = seen.get(SETTING);
      assertEquals(Optional.of(connection), host.eventHubs());
      try (EventHubProducerClient producer =
          TestHubs.builder(connection, "sunk").buildProducerClient()) {
        assertEquals(4, producer.getPartitionIds().stream().count());
        TestHubs.send(producer, "0", "hello");
        assertEquals("hello", functions.events.poll(20, TimeUnit.SECONDS));
        // Their time is the host's.
        assertEquals(clock.instant(), producer.getPartitionProperties("0").getLastEnqueuedTime());
        clock.advance(Duration.ofDays(1).plusSeconds(1));
        host.clockMoved();
        TestHubs.until(() -> producer.getPartitionProperties("0").isEmpty());
      }
      String banner = banner(host);
      assertTrue(banner.contains("(match-made, match-requests, server-scale-out, sunk)"), banner);
      assertTrue(banner.contains("Sink: eventHubTrigger"), banner);
      assertFalse(banner.contains(connection), banner);
    }
    assertTrue(Files.exists(folder.resolve("event-hubs-key")));
  }

  @Test
  void hubs_elsewhere_are_used_when_the_user_names_them_and_none_are_served() throws Exception {
    try (TestHubs elsewhere = new TestHubs(Files.createDirectory(folder.resolve("elsewhere")))) {
      String connection = elsewhere.hubs().connectionString();
      Map<String, String> settings = Map.of("SAMPLE_HUB", TestHubs.HUB, SETTING, connection);
      try (LocalHost host = start(LocalPorts.ANY, settings);
          EventHubProducerClient producer = elsewhere.producer()) {
        assertEquals(Optional.empty(), host.eventHubs());
        assertEquals(connection, seen.get(SETTING));
        TestHubs.send(producer, "1", "from elsewhere");
        assertEquals("from elsewhere", functions.events.poll(20, TimeUnit.SECONDS));
        assertFalse(banner(host).contains("Event Hubs"));
      }
    }
  }

  @Test
  void a_taken_port_and_a_missing_setting_are_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      LocalPorts ports = new LocalPorts(0, 0, 0, 0, port, 0, 0);
      assertEquals(
          "port %d (amqp) is taken; choose another with -Dport.amqp=…".formatted(port),
          assertThrows(StartException.class, () -> start(ports, Map.of("SAMPLE_HUB", "sunk")))
              .getMessage());
    }
    assertEquals(
        "function Sink: the setting SAMPLE_HUB is missing",
        assertThrows(IllegalArgumentException.class, () -> start(LocalPorts.ANY, Map.of()))
            .getMessage());
  }

  @Test
  void the_options_come_from_the_command_line_and_host_json() throws Exception {
    Path hostJson = folder.resolve("host.json");
    Files.writeString(
        hostJson,
        "{\"extensions\": {\"eventHubs\": {\"maxEventBatchSize\": 7, \"prefetchCount\": 9}}}");
    Properties properties = new Properties();
    properties.setProperty("hubs.days", "3");
    assertEquals(
        new HubOptions(4, Duration.ofDays(3), new TriggerOptions(7, 9, 1)),
        HubOptions.of(properties, hostJson));
    properties.setProperty("hubs.partitions", "33");
    assertEquals(
        "-Dhubs.partitions=33 is none of 1 to 32",
        assertThrows(StartException.class, () -> HubOptions.of(properties, hostJson)).getMessage());
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
            List.of(HubSink.class),
            all,
            Map.of(),
            (made, time) -> {
              seen.putAll(made);
              return new HostedApp(injector(), () -> {});
            }));
  }

  private FunctionInstanceInjector injector() {
    return new FunctionInstanceInjector() {
      @Override
      public <T> T getInstance(Class<T> functionClass) {
        return functionClass.cast(functions);
      }
    };
  }

  private static String banner(LocalHost host) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Banner.print(host, Duration.ofMillis(1), new PrintStream(printed, true));
    return printed.toString();
  }
}
