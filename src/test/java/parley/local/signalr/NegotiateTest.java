package parley.local.signalr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.platform.Json;

/** What a client is told before it connects. */
class NegotiateTest {

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
  void a_client_of_today_gets_a_secret_beside_its_id() {
    JsonNode answer = negotiate("&negotiateVersion=1");
    assertEquals(1, answer.path("negotiateVersion").asInt());
    assertNotEquals(answer.get("connectionId"), answer.get("connectionToken"));
    assertEquals(
        "[{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\"]}]",
        answer.get("availableTransports").toString());
  }

  @Test
  void a_client_of_the_first_versions_gets_an_id_and_connects_with_it() throws Exception {
    JsonNode answer = negotiate("");
    assertFalse(answer.has("connectionToken"));
    String id = answer.get("connectionId").asText();
    String url =
        signalR.socketUrl()
            + "&id="
            + id
            + "&access_token="
            + TestSignalR.encoded(signalR.token("ann"));
    try (RawClient client = new RawClient(url).greet()) {
      signalR.post("/connections/" + id, "say", "hello");
      assertTrue(client.nextBesidesPings().contains("hello"));
    }
  }

  @Test
  void there_is_no_other_transport() {
    HttpResponse<String> events = signalR.send("GET", signalR.url(), null, signalR.token("ann"));
    assertEquals(404, events.statusCode());
    assertTrue(events.body().contains("WebSockets are the only transport"), events.body());
    assertEquals(404, signalR.send("POST", signalR.url(), "", signalR.token("ann")).statusCode());
  }

  @Test
  void a_page_from_anywhere_may_ask() {
    HttpResponse<String> preflight =
        signalR.send(
            "OPTIONS",
            negotiateUrl(),
            null,
            null,
            "Origin",
            "http://localhost:7071",
            "Access-Control-Request-Headers",
            "authorization,x-signalr-user-agent");
    assertEquals(204, preflight.statusCode());
    assertEquals(
        "http://localhost:7071",
        preflight.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
    assertEquals(
        "authorization,x-signalr-user-agent",
        preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""));
  }

  @Test
  void without_a_hub_or_a_token_there_is_nothing() {
    assertEquals(401, signalR.send("POST", negotiateUrl(), "", null).statusCode());
    String noHub = negotiateUrl().replace("hub=chat", "hub=");
    assertEquals(400, signalR.send("POST", noHub, "", signalR.token("ann")).statusCode());
    assertEquals(405, signalR.send("GET", negotiateUrl(), null, signalR.token("ann")).statusCode());
  }

  private JsonNode negotiate(String more) {
    HttpResponse<String> response =
        signalR.send("POST", negotiateUrl() + more, "", signalR.token("ann"));
    assertEquals(200, response.statusCode(), response.body());
    return Json.read(response.body(), JsonNode.class);
  }

  private String negotiateUrl() {
    return signalR.url().replace("/?", "/negotiate?");
  }
}
