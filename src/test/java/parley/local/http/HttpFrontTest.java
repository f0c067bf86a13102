package parley.local.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class HttpFrontTest {

  private static final SampleFront FRONT = new SampleFront();

  @AfterAll
  static void close() {
    FRONT.close();
  }

  @Test
  void a_function_sees_the_request_and_its_response_arrives() throws Exception {
    HttpResponse<String> response =
        FRONT.send(
            FRONT
                .request("/api/Echo/a%20b+c%C3%A9/42?q=1&q=2%263")
                .header("X-Sample", "seen")
                .POST(BodyPublishers.ofString("grüße"))
                .build(),
            BodyHandlers.ofString());
    assertEquals(201, response.statusCode());
    assertEquals("/somewhere", response.headers().firstValue("location").orElseThrow());
    assertEquals(
        "a b+cé|42|POST|"
            + FRONT.uri("/api/Echo/a%20b+c%C3%A9/42?q=1&q=2%263")
            + "|seen|1,2&3|grüße|Echo",
        response.body());
  }

  @Test
  void a_request_without_body_has_an_empty_optional() throws Exception {
    assertTrue(FRONT.get("/api/echo/x/1").body().contains("|no body|"));
  }

  @Test
  void a_literal_goes_before_a_parameter() throws Exception {
    assertEquals("literal", FRONT.get("/api/answer/me").body());
  }

  @Test
  void bytes_objects_and_nothing_are_written_as_azure_writes_them() throws Exception {
    HttpResponse<byte[]> bytes =
        FRONT.send(FRONT.request("/api/answer/bytes").build(), BodyHandlers.ofByteArray());
    assertArrayEquals(new byte[] {1, 2, 3}, bytes.body());
    assertEquals("application/octet-stream", contentType(bytes));
    assertEquals("{\"a\":1}", FRONT.get("/api/answer/object").body());
    assertEquals("application/json;charset=utf-8", contentType(FRONT.get("/api/answer/object")));
    HttpResponse<String> nothing = FRONT.get("/api/answer/nothing");
    assertEquals(204, nothing.statusCode());
    assertTrue(nothing.headers().firstValue("content-type").isEmpty());
    assertEquals(204, FRONT.get("/api/answer/null").statusCode());
  }

  @Test
  void a_404_of_a_function_is_its_own() throws Exception {
    HttpResponse<String> response = FRONT.get("/api/answer/missing");
    assertEquals(404, response.statusCode());
    assertEquals("the function's own", response.body());
  }

  @Test
  void other_routes_are_served_too() throws Exception {
    assertEquals("another route", FRONT.get("/others").body());
  }

  @Test
  void the_function_key_opens_by_query_or_header() throws Exception {
    assertEquals("let in", FRONT.get("/api/keyed?code=" + SampleFront.KEY).body());
    HttpResponse<String> response =
        FRONT.send(
            FRONT.request("/api/keyed").header("X-Functions-Key", SampleFront.KEY).build(),
            BodyHandlers.ofString());
    assertEquals("let in", response.body());
  }

  @Test
  void a_durable_client_knows_the_urls_of_the_management_api() throws Exception {
    HttpResponse<String> response =
        FRONT.send(
            FRONT.request("/api/client").POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertEquals(202, response.statusCode());
    JsonNode urls = new ObjectMapper().readTree(response.body());
    String base = FRONT.uri("/runtime/webhooks/durabletask/instances/instance-1").toString();
    assertEquals(base + "?code=the-system-key", urls.get("statusQueryGetUri").asText());
    assertEquals(
        base + "/suspend?reason={text}&code=the-system-key", urls.get("suspendPostUri").asText());
  }

  private static String contentType(HttpResponse<?> response) {
    return response.headers().firstValue("content-type").orElseThrow();
  }
}
