package parley.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import com.microsoft.durabletask.DurableTaskClient;
import com.microsoft.durabletask.DurableTaskGrpcClientBuilder;
import com.microsoft.durabletask.OrchestrationMetadata;
import com.microsoft.durabletask.OrchestrationRuntimeStatus;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import io.reactivex.rxjava3.core.Single;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.services.StartException;
import parley.local.signalr.TestSignalR;
import parley.platform.Json;

/** SignalR as a part of the local host, and the bindings of functions to it. */
class LocalHostSignalRTest {

  private static final String SETTING = "AzureSignalRConnectionString";
  private static final Map<String, String> HUB = Map.of("SAMPLE_SIGNALR_HUB", "Chat");

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> seen = new HashMap<>();

  @Test
  void a_function_says_who_a_client_is_and_another_reaches_it() throws Exception {
    try (LocalHost host = start(LocalPorts.ANY, HUB)) {
      BlockingQueue<String> ann = connect(host, "ann");
      BlockingQueue<String> bob = connect(host, "bob");
      assertEquals(204, post(host, "say?user=ann", "for Ann", "").statusCode());
      assertEquals(204, post(host, "say", "for all", "").statusCode());
      assertEquals("for Ann 1.5", next(ann));
      assertEquals("for all 1.5", next(ann));
      assertEquals("for all 1.5", next(bob));
      String banner = banner(host);
      assertTrue(banner.contains("SignalR http://localhost:"), banner);
      assertFalse(banner.contains("AccessKey"), banner);
      assertEquals(Optional.of(seen.get(SETTING)), host.signalR());
    }
    assertTrue(Files.exists(folder.resolve("signalr-key")));
  }

  @Test
  void a_text_parameter_gets_json_and_expressions_take_from_the_query_and_the_route()
      throws Exception {
    try (LocalHost host = start(LocalPorts.ANY, HUB)) {
      HttpResponse<String> answer = post(host, "text/red?user=ann", "", "");
      JsonNode info = Json.read(answer.body(), JsonNode.class);
      assertTrue(info.get("url").asText().endsWith("/client/?hub=chat"), answer.body());
      String claims =
          new String(
              Base64.getUrlDecoder().decode(info.get("accessToken").asText().split("\\.")[1]),
              StandardCharsets.UTF_8);
      assertTrue(claims.contains("\"asrs.s.uid\":\"ann@red\""), claims);
      // As in Azure: the function is not even called.
      assertEquals(500, post(host, "negotiate", "", "").statusCode());
    }
  }

  @Test
  void an_activity_sends_several_messages_in_order_by_what_it_returns() throws Exception {
    try (LocalHost host = start(LocalPorts.ANY, HUB)) {
      BlockingQueue<String> ann = connect(host, "ann");
      OrchestrationMetadata ended = run(host, "Story");
      assertEquals(OrchestrationRuntimeStatus.COMPLETED, ended.getRuntimeStatus());
      for (String told : List.of("first", "second", "third")) {
        assertEquals(told, next(ann));
      }
    }
  }

  @Test
  void nothing_is_sent_for_a_function_that_leaves_nothing_or_fails() throws Exception {
    try (LocalHost host = start(LocalPorts.ANY, HUB)) {
      BlockingQueue<String> ann = connect(host, "ann");
      assertEquals(204, post(host, "say", "nothing", "").statusCode());
      assertEquals(500, post(host, "say", "and fail", "").statusCode());
      assertEquals(204, post(host, "say", "the end", "").statusCode());
      assertEquals("the end 1.5", next(ann));
    }
  }

  @Test
  void a_service_elsewhere_is_used_when_the_user_names_it_and_its_refusal_fails_the_function()
      throws Exception {
    TestClock now = new TestClock(Instant.now().toString());
    try (TestSignalR elsewhere = new TestSignalR()) {
      Map<String, String> settings = new HashMap<>(HUB);
      settings.put(SETTING, elsewhere.service().connectionString());
      try (LocalHost host = start(LocalPorts.ANY, settings, now)) {
        assertEquals(Optional.empty(), host.signalR());
        BlockingQueue<String> ann = connect(host, "ann");
        assertEquals(204, post(host, "say", "from elsewhere", "").statusCode());
        assertEquals("from elsewhere 1.5", next(ann));
        now.advance(Duration.ofDays(1)); // tokens that are not good yet
        assertEquals(500, post(host, "say", "refused", "").statusCode());
        OrchestrationMetadata ended = run(host, "Story");
        assertEquals(OrchestrationRuntimeStatus.FAILED, ended.getRuntimeStatus());
      }
    }
  }

  @Test
  void a_taken_port_and_a_setting_that_is_missing_or_wrong_are_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      LocalPorts ports = new LocalPorts(0, 0, 0, 0, 0, port, 0);
      assertEquals(
          "port %d (signalr) is taken; choose another with -Dport.signalr=…".formatted(port),
          assertThrows(StartException.class, () -> start(ports, HUB)).getMessage());
    }
    assertEquals(
        "function Negotiate: the setting SAMPLE_SIGNALR_HUB is missing",
        assertThrows(IllegalArgumentException.class, () -> start(LocalPorts.ANY, Map.of()))
            .getMessage());
    Map<String, String> settings = new HashMap<>(HUB);
    settings.put(SETTING, "hunter2");
    assertEquals(
        "function Negotiate: the setting %s: a connection string has an Endpoint and an AccessKey"
            .formatted(SETTING),
        assertThrows(IllegalArgumentException.class, () -> start(LocalPorts.ANY, settings))
            .getMessage());
  }

  /** As a client does it: asks the app where to connect, and connects. */
  private BlockingQueue<String> connect(LocalHost host, String playerId) throws Exception {
    HttpResponse<String> answer = post(host, "negotiate", "", playerId);
    assertEquals(200, answer.statusCode(), answer.body());
    JsonNode info = Json.read(answer.body(), JsonNode.class);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    HubConnection client =
        HubConnectionBuilder.create(info.get("url").asText())
            .withAccessTokenProvider(Single.just(info.get("accessToken").asText()))
            .build();
    client.on(
        "say", (text, more) -> heard.add(text + " " + more.get("n")), String.class, Map.class);
    client.on("tell", heard::add, String.class);
    client.start().blockingAwait();
    return heard;
  }

  private static OrchestrationMetadata run(LocalHost host, String orchestrator) throws Exception {
    try (DurableTaskClient client =
        new DurableTaskGrpcClientBuilder().port(host.durablePort()).build()) {
      String id = client.scheduleNewOrchestrationInstance(orchestrator);
      return client.waitForInstanceCompletion(id, Duration.ofSeconds(20), true);
    }
  }

  private HttpResponse<String> post(LocalHost host, String path, String body, String playerId)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.httpPort() + "/api/" + path))
            .POST(BodyPublishers.ofString(body));
    if (!playerId.isEmpty()) {
      request.header("x-player-id", playerId);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private LocalHost start(LocalPorts ports, Map<String, String> settings) {
    return start(ports, settings, clock);
  }

  private LocalHost start(LocalPorts ports, Map<String, String> settings, TestClock time) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("MYSQL_CONNECTION_STRING", "jdbc:mysql://nowhere/");
    all.put("REDIS_CONNECTION_STRING", "redis://nowhere");
    all.put("EVENTHUB_CONNECTION_STRING", "Endpoint=sb://nowhere");
    return LocalHost.start(
        new LocalOptions(
            folder,
            false,
            ports,
            time,
            List.of(SampleSignalRFunctions.class),
            all,
            Map.of(),
            (made, now) -> {
              seen.putAll(made);
              return new HostedApp(injector(), () -> {});
            }));
  }

  private static FunctionInstanceInjector injector() {
    SampleSignalRFunctions functions = new SampleSignalRFunctions();
    return new FunctionInstanceInjector() {
      @Override
      public <T> T getInstance(Class<T> functionClass) {
        return functionClass.cast(functions);
      }
    };
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    return heard.poll(20, TimeUnit.SECONDS);
  }

  private static String banner(LocalHost host) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Banner.print(host, Duration.ofMillis(1), new PrintStream(printed, true));
    return printed.toString();
  }
}
