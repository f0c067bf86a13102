package parley.local.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.local.TestClock;
import parley.platform.Json;

/** The notification hub of the local host, over HTTP. */
class PushServerTest {

  private static final String[] ALERT = {"apns-push-type", "alert"};

  @TempDir private Path folder;
  private final TestClock clock = new TestClock("2026-03-01T12:00:00Z");
  private TestPushServer hub;

  @BeforeEach
  void start() throws Exception {
    hub = new TestPushServer(folder.resolve("hub.db"), clock);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void a_notification_reaches_the_installations_with_its_tag_on_its_platform() throws Exception {
    assertEquals(200, hub.put("a", "fcmv1", "tokenA", "\"player:1\"").statusCode());
    assertEquals(200, hub.put("b", "FCMV1", "tokenB", "\"player:1\", \"x\"").statusCode());
    assertEquals(200, hub.put("c", "apns", "0aF9", "\"player:1\"").statusCode());
    assertEquals(200, hub.put("d", "fcmv1", "tokenD", "\"player:2\"").statusCode());
    HttpResponse<String> sent = hub.send("fcmV1", "player:1", TestPushServer.GOOGLE);
    assertEquals(201, sent.statusCode());
    assertTrue(sent.headers().firstValue("Location").orElseThrow().contains("/parley/messages/"));
    assertEquals(
        201, hub.send("apple", "player:1 || player:2", TestPushServer.APPLE, ALERT).statusCode());

    JsonNode list = hub.list("");
    assertEquals(2, list.size());
    assertEquals(
        Json.read(
            """
            {"number": 1, "time": "2026-03-01T12:00:00Z", "tag": "player:1", "format": "fcmv1",
             "collapseKey": "game", "title": "Your turn", "body": "Ada has moved",
             "data": {"id": "1", "kind": "yourTurn"}, "installations": ["a", "b"]}""",
            JsonNode.class),
        list.get(0));
    assertEquals("[\"c\"]", list.get(1).get("installations").toString());
    assertEquals(list.get(1), hub.list("?after=1").get(0));
    assertFalse(list.toString().contains("token"), "a device's token is shown");
  }

  @Test
  void an_installation_is_replaced_shown_and_removed() throws Exception {
    String address = "/parley/installations/a?api-version=2020-06";
    assertEquals(404, hub.request("GET", address, null).statusCode());
    hub.put("a", "fcmv1", "one", "\"player:1\"");
    hub.put("a", "fcmv1", "two", "\"player:2\"");
    HttpResponse<String> shown = hub.request("GET", address, null);
    assertEquals(200, shown.statusCode());
    JsonNode installation = Json.read(shown.body(), JsonNode.class);
    assertEquals("two", installation.get("pushChannel").asText());
    assertEquals("[\"player:2\"]", installation.get("tags").toString());
    assertFalse(installation.get("expiredPushChannel").asBoolean());
    assertEquals(204, hub.request("DELETE", address, null).statusCode());
    assertEquals(204, hub.request("DELETE", address, null).statusCode());
    assertEquals(404, hub.request("GET", address, null).statusCode());
  }

  @Test
  void an_expired_installation_is_reached_by_nothing_until_it_is_put_again() throws Exception {
    hub.put("a", "fcmv1", "one", "\"player:1\"");
    hub.server.expire("a");
    hub.send("fcmv1", "player:1", TestPushServer.GOOGLE);
    hub.put("a", "fcmv1", "two", "\"player:1\"");
    hub.send("fcmv1", "player:1", TestPushServer.GOOGLE);
    JsonNode list = hub.list("");
    assertEquals(0, list.get(0).get("installations").size());
    assertEquals(1, list.get(1).get("installations").size());
  }

  @Test
  void what_it_has_taken_is_there_after_a_restart() throws Exception {
    hub.put("a", "fcmv1", "one", "\"player:1\"");
    hub.send("fcmv1", "player:1", TestPushServer.GOOGLE);
    hub.close();
    hub = new TestPushServer(folder.resolve("hub.db"), clock);
    hub.send("fcmv1", "player:1", TestPushServer.GOOGLE);
    JsonNode list = hub.list("");
    assertEquals(2, list.size());
    assertEquals(2, list.get(1).get("number").asInt());
    assertEquals("[\"a\"]", list.get(1).get("installations").toString());
  }

  @Test
  void a_token_is_looked_at_closely() throws Exception {
    String path = "/parley/installations/a?api-version=2020-06";
    assertEquals(
        "MalformedToken: it is no SharedAccessSignature.", refused(path, "Bearer something"));
    String name = TestPushServer.KEY_NAME;
    assertEquals(
        "InvalidSignature: the token has an invalid signature.",
        refused(path, hub.token("another key", name, "parley", 60)));
    assertEquals(
        "ExpiredToken: the token has expired.",
        refused(path, hub.token(TestPushServer.KEY, name, "parley", 0)));
    assertTrue(refused(path, hub.token("other")).startsWith("InvalidAudience: "));
    assertTrue(
        refused(path, hub.token(TestPushServer.KEY, "other", "parley", 60))
            .startsWith("UnknownKey: "));
    // Some clients sign the whole address, others the namespace.
    for (String audience : new String[] {path.substring(1), "", "PARLEY/"}) {
      HttpResponse<String> response =
          hub.request("GET", path, null, "Authorization", hub.token(audience));
      assertEquals(404, response.statusCode(), audience);
    }
  }

  private String refused(String path, String token) throws Exception {
    HttpResponse<String> response = hub.request("GET", path, null, "Authorization", token);
    assertEquals(401, response.statusCode());
    return response.body().replaceFirst(".*<Detail>(.*)</Detail>.*", "$1");
  }

  @Test
  void what_a_platform_would_not_take_is_refused_with_the_reason() throws Exception {
    assertEquals("the notification is not JSON", refused("fcmv1", "{", ALERT));
    assertEquals("message must be an object", refused("fcmv1", "{\"data\":{}}", ALERT));
    assertEquals(
        "ServiceBusNotification-Format must be fcmv1 or apple",
        refused("gcm", TestPushServer.GOOGLE, ALERT));
    assertEquals("title must be a text", google("\"Your turn\"", "3"));
    assertEquals("message.data.id must be a text", google("\"id\": \"1\"", "\"id\": 1"));
    assertEquals("message.data.from is a reserved name", google("\"id\"", "\"from\""));
    assertTrue(google("60s", "60").startsWith("message.android.ttl must be seconds"));
    assertTrue(google("60s", "2419201s").startsWith("message.android.ttl must be seconds"));
    assertEquals("message.android.priority must be normal or high", google("high", "urgent"));
    assertEquals("collapse_key must be a text", google("\"game\"", "[]"));
    assertEquals(
        "message.token is the hub's to set", google("\"data\"", "\"token\":\"x\",\"data\""));
    assertEquals(
        "a notification has at most 4096 bytes, this one has 4301",
        google("Ada has moved", "x".repeat(4301 - TestPushServer.GOOGLE.length() + 13)));
    assertEquals(
        "apns-push-type must be alert for what has an aps.alert",
        refused("apple", TestPushServer.APPLE, "apns-push-type", "background"));
    assertEquals(
        "apns-collapse-id has at most 64 bytes",
        refused(
            "apple",
            TestPushServer.APPLE,
            "apns-push-type",
            "alert",
            "apns-collapse-id",
            "x".repeat(65)));
    assertEquals(
        "apns-expiration must be seconds since 1970",
        refused(
            "apple", TestPushServer.APPLE, "apns-push-type", "alert", "apns-expiration", "soon"));
    assertEquals("aps must be an object", refused("apple", "{}", ALERT));
    assertEquals(0, hub.list("").size());
  }

  private String google(String part, String instead) throws Exception {
    return refused("fcmv1", TestPushServer.GOOGLE.replace(part, instead), ALERT);
  }

  private String refused(String format, String body, String... headers) throws Exception {
    HttpResponse<String> response = hub.send(format, "player:1", body, headers);
    assertEquals(400, response.statusCode(), response.body());
    return response.body().replaceFirst(".*<Detail>(.*)</Detail>.*", "$1");
  }

  @Test
  void an_installation_that_azure_would_not_take_is_refused() throws Exception {
    assertEquals(400, hub.put("a", "wns", "one", "").statusCode());
    assertEquals(400, hub.put("a", "apns", "not hex", "").statusCode());
    assertEquals(400, hub.put("a", "fcmv1", "", "").statusCode());
    assertEquals(400, hub.put("a", "fcmv1", "one", "\"no spaces\"").statusCode());
    assertEquals(400, hub.put("a%3Ab", "fcmv1", "one", "").statusCode());
    String other = "{\"installationId\":\"b\",\"platform\":\"fcmv1\",\"pushChannel\":\"x\"}";
    String address = "/parley/installations/a";
    assertEquals(400, hub.request("PUT", address + "?api-version=2020-06", other).statusCode());
    assertEquals(400, hub.request("GET", address, null).statusCode());
    assertEquals(405, hub.request("PATCH", address + "?api-version=2020-06", "[]").statusCode());
  }

  @Test
  void another_hub_is_not_there() throws Exception {
    String token = hub.token("");
    assertEquals(
        404,
        hub.request(
                "GET", "/other/installations/a?api-version=2020-06", null, "Authorization", token)
            .statusCode());
  }

  @Test
  void in_trouble_it_says_when_to_come_again() throws Exception {
    hub.server.trouble(429, Duration.ofSeconds(7));
    HttpResponse<String> refused = hub.send("fcmv1", "player:1", TestPushServer.GOOGLE);
    assertEquals(429, refused.statusCode());
    assertEquals("7", refused.headers().firstValue("Retry-After").orElseThrow());
    hub.server.recover();
    assertEquals(201, hub.send("fcmv1", "player:1", TestPushServer.GOOGLE).statusCode());
  }

  @Test
  void it_shows_the_newest_thousand_and_any_page() throws Exception {
    for (int i = 0; i < 1_010; i++) {
      hub.send("fcmv1", "player:1", TestPushServer.GOOGLE);
    }
    assertEquals(1_000, hub.list("").size());
    assertEquals(11, hub.list("").get(0).get("number").asInt());
    assertEquals(1, hub.list("?after=0").get(0).get("number").asInt());
    assertEquals(10, hub.list("?after=1000").size());
  }
}
