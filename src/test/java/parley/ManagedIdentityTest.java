package parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The whole app as Azure runs it, as far as Redis goes: nothing but TLS and a managed identity. */
class ManagedIdentityTest {

  private static final String OBJECT_ID = "7f3a0f62-5b0c-4d43-9d8e-1c3c2f1b0a99";
  private static final String TOKEN =
      new PlainJWT(new JWTClaimsSet.Builder().claim("oid", OBJECT_ID).build()).serialize();

  /** In the place of an app in Azure. */
  static final class Serving {
    private Serving() {}

    /**
     * Prints what it says of its health once it has a Redis.
     *
     * @param args the folder that it may use, and the URL of Redis
     */
    public static void main(String[] args) {
      Map<String, String> settings =
          Map.of(
              "REDIS_CONNECTION_STRING",
              args[1],
              "REDIS_CONNECTION_STRING__credential",
              "managedidentity",
              "REDIS_CONNECTION_STRING__clientId",
              "the-client-id");
      try (TestHost app = TestHost.inRealTime(Path.of(args[0]), settings)) {
        Answer health =
            app.await(
                () -> app.get("/api/health", null),
                answer ->
                    answer.body().at("/stores/1/status").asText().equals("up")
                        && answer.body().at("/stores/1/name").asText().equals("redis"));
        System.out.println(health.body());
      }
      System.exit(0);
    }
  }

  @Test
  void an_app_opens_redis_by_the_token_that_the_platform_gives_its_identity(@TempDir Path folder)
      throws Exception {
    HttpServer platform =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.createContext("/msi/token", ManagedIdentityTest::answer);
    platform.start();
    try (parley.local.services.Redis redis = TestRedis.own(folder.resolve("redis"));
        Jedis operator = new Jedis(redis.connectionString());
        TlsFront tls = new TlsFront(folder, redis.port())) {
      operator.aclSetUser(OBJECT_ID, "on", ">" + TOKEN, "~*", "&*", "+@all");

      String printed =
          serve(
              folder,
              tls,
              "http://127.0.0.1:%d/msi/token".formatted(platform.getAddress().getPort()));

      assertTrue(
          printed.contains("\"name\":\"redis\",\"required\":false,\"status\":\"up\""), printed);
      assertFalse(printed.contains(TOKEN), "the token is printed");
    } finally {
      platform.stop(0);
    }
  }

  /** What Azure gives an app to ask for tokens; refuses whoever asks in another way. */
  private static void answer(HttpExchange exchange) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    boolean right =
        "the-secret".equals(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"))
            && query.contains("resource=https://redis.azure.com")
            && query.contains("client_id=the-client-id");
    long end = Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
    byte[] body =
        """
        {"access_token": "%s", "expires_on": "%d", "token_type": "Bearer",
         "resource": "https://redis.azure.com"}
        """
            .formatted(TOKEN, end)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(right ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /**
   * Runs the app in a JVM of its own, since the platform tells it what it is by its environment.
   */
  private static String serve(Path folder, TlsFront tls, String endpoint) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of(tls.trust()));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dtest.mysql=" + TestDatabase.url(),
            "-cp",
            System.getProperty("java.class.path"),
            Serving.class.getName(),
            folder.resolve("state").toString(),
            "rediss://localhost:" + tls.port()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("IDENTITY_ENDPOINT", endpoint);
    builder.environment().put("IDENTITY_HEADER", "the-secret");
    Process app = builder.start();
    try {
      String printed = new String(app.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, app.waitFor(), printed);
      return printed;
    } finally {
      app.destroyForcibly();
    }
  }
}
