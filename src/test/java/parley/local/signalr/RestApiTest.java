package parley.local.signalr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What servers may ask for, in both forms of the API. */
class RestApiTest {

  private static final String BODY = "{\"target\":\"say\",\"arguments\":[1.50,{\"a\":null},\"ü\"]}";
  private static final String HEARD =
      "{\"type\":1,\"target\":\"say\",\"arguments\":[1.50,{\"a\":null},\"ü\"]}";

  private TestSignalR signalR;

  @BeforeEach
  void start() throws Exception {
    signalR = new TestSignalR();
  }

  @AfterEach
  void end() {
    signalR.close();
  }

  @Test
  void both_forms_send_and_arguments_come_as_they_were_sent() throws Exception {
    try (RawClient ann = signalR.raw("ann").greet()) {
      for (String path :
          List.of(
              "/api/v1/hubs/chat",
              "/api/v1/hubs/CHAT/users/ann",
              "/api/hubs/chat/:send?api-version=2022-06-01",
              "/api/hubs/chat/users/ann/:send?application=&api-version=2022-06-01")) {
        assertEquals(202, signalR.rest("POST", path, BODY).statusCode(), path);
        assertEquals(HEARD, ann.nextBesidesPings());
      }
      assertEquals(202, status("POST", "/users/ann", "{\"Target\":\"x\",\"Arguments\":null}"));
      assertEquals("{\"type\":1,\"target\":\"x\",\"arguments\":[]}", ann.nextBesidesPings());
    }
  }

  @Test
  void nobody_to_send_to_is_no_error_and_who_is_there_can_be_asked() throws Exception {
    assertEquals(202, status("POST", "/users/nobody", BODY));
    assertEquals(202, status("POST", "/connections/none", BODY));
    assertEquals(202, status("POST", "/groups/none", BODY));
    assertEquals(404, status("GET", "/users/nobody", null));
    assertEquals(404, status("HEAD", "/connections/none", null));
    String odd = "a/b%c d+e";
    try (RawClient client = signalR.raw(odd).greet()) {
      assertEquals(200, status("HEAD", "/users/a%2Fb%25c%20d+e", null));
      assertEquals(202, status("POST", "/users/a%2Fb%25c%20d%2Be", BODY));
      assertEquals(HEARD, client.nextBesidesPings());
    }
  }

  @Test
  void groups_have_connections_until_they_end_and_users_until_they_are_taken_out()
      throws Exception {
    assertEquals(202, status("PUT", "/groups/reds/users/ann", null));
    assertEquals(404, status("HEAD", "/groups/reds", null));
    try (RawClient ann = signalR.raw("ann").greet();
        RawClient bob = signalR.raw("bob").greet()) {
      assertEquals(200, status("HEAD", "/users/ann/groups/reds", null));
      assertEquals(202, status("POST", "/groups/reds", BODY));
      assertEquals(HEARD, ann.nextBesidesPings());
      assertEquals(202, status("DELETE", "/users/ann/groups/reds", null));
      assertEquals(404, status("HEAD", "/groups/reds", null));
      assertEquals(404, status("PUT", "/groups/reds/connections/none", null));
      assertEquals(202, status("POST", "/users/bob", BODY));
      assertEquals(HEARD, bob.nextBesidesPings());
      assertEquals(200, status("DELETE", "/users/ann/groups", null));
    }
  }

  @Test
  void a_server_can_end_connections_with_a_reason() throws Exception {
    try (RawClient ann = signalR.raw("ann").greet()) {
      String path =
          "/api/hubs/chat/users/ann/:closeConnections?reason=enough&api-version=2022-06-01";
      assertEquals(204, signalR.rest("POST", path, null).statusCode());
      assertEquals("{\"type\":7,\"error\":\"enough\"}", ann.nextBesidesPings());
      assertEquals(1000, ann.closed());
    }
    assertEquals(202, status("DELETE", "/connections/none", null));
  }

  @Test
  void a_token_for_something_else_opens_nothing() {
    String url = "http://localhost:" + signalR.port() + "/api/v1/hubs/chat/users/ann";
    Instant now = Instant.now();
    for (String token :
        List.of(
            "",
            "x.y.z",
            TestSignalR.token(url.replace("ann", "bob"), null, now),
            TestSignalR.token(url.replace("localhost", "example.com"), null, now),
            TestSignalR.token(url.replace("http:", "https:"), null, now),
            TestSignalR.token(signalR.url(), null, now),
            TestSignalR.token(url, null, now.minus(Duration.ofHours(2))))) {
      HttpResponse<String> response = signalR.send("POST", url, BODY, token);
      assertEquals(401, response.statusCode(), token);
      assertTrue(response.body().contains("\"code\":\"Unauthorized\""), response.body());
    }
    // Other names of this machine, and the port left out, as server SDKs do it.
    for (String audience :
        List.of(
            url, url.replace("localhost", "127.0.0.1"), url.replace(":" + signalR.port(), ""))) {
      String token = TestSignalR.token(audience, null, now);
      assertEquals(202, signalR.send("POST", url, BODY, token).statusCode(), audience);
    }
  }

  @Test
  void what_cannot_be_sent_is_refused_with_the_reason() {
    for (String body :
        List.of(
            "", "hello", "[]", "{}", "{\"target\":\"\"}", "{\"target\":\"x\",\"arguments\":{}}")) {
      assertEquals(400, status("POST", "", body), body);
    }
    assertEquals(413, status("POST", "", "{\"target\":\"" + "x".repeat(1 << 20) + "\"}"));
    assertEquals(400, signalR.rest("POST", "/api/v1/hubs/1st", BODY).statusCode());
    assertEquals(400, status("POST", "/groups/a%20b", BODY));
    assertEquals(404, status("PATCH", "/users/ann", BODY));
    assertEquals(404, signalR.rest("POST", "/api/v2/hubs/chat", BODY).statusCode());
    String url = "http://localhost:" + signalR.port() + "/api/v1/hubs/chat";
    String token = TestSignalR.token(url, null, Instant.now());
    HttpResponse<String> text =
        signalR.send("POST", url, BODY, token, "Content-Type", "text/plain");
    assertEquals(415, text.statusCode());
  }

  @Test
  void it_tells_that_it_is_healthy_without_a_token() {
    String url = "http://localhost:" + signalR.port();
    assertEquals(200, signalR.send("GET", url + "/api/v1/health", null, null).statusCode());
    assertEquals(
        200, signalR.send("HEAD", url + "/api/health?api-version=1", null, null).statusCode());
    assertEquals(404, signalR.send("GET", url + "/elsewhere", null, null).statusCode());
  }

  private int status(String method, String path, String body) {
    return signalR.rest(method, "/api/v1/hubs/chat" + path, body).statusCode();
  }
}
