package parley.platform.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.identity.DefaultAzureCredential;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdentityTest {

  /** In the place of an app in Azure: asks for a token of its identity, and prints it. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] args) {
      Identity identity = new Identity(true, "the-client-id");
      try (LiveToken token =
          new LiveToken(
              identity.credential(), "https://redis.azure.com/.default", Clock.systemUTC())) {
        System.out.println(token.get().getToken());
      }
      System.exit(0);
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
        {"access_token": "a-token", "expires_on": "%d", "token_type": "Bearer",
         "resource": "https://redis.azure.com"}
        """
            .formatted(end)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(right ? 200 : 400, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void a_managed_identity_gets_its_tokens_from_the_platform() throws Exception {
    HttpServer platform =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.createContext("/msi/token", IdentityTest::answer);
    platform.start();
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Asking.class.getName());
    command
        .environment()
        .put(
            "IDENTITY_ENDPOINT",
            "http://127.0.0.1:%d/msi/token".formatted(platform.getAddress().getPort()));
    command.environment().put("IDENTITY_HEADER", "the-secret");
    Process app = command.redirectErrorStream(true).start();
    try (BufferedReader output = app.inputReader()) {
      String printed = String.join("\n", output.lines().toList());

      assertTrue(printed.endsWith("a-token"), printed);
      assertEquals(0, app.waitFor());
    } finally {
      app.destroyForcibly();
      platform.stop(0);
    }
  }

  @Test
  void without_a_managed_identity_it_is_who_is_signed_in() {
    assertInstanceOf(DefaultAzureCredential.class, new Identity(false, "").credential());
  }
}
