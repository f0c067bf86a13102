package parley.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a browser is told about pages of other origins. */
class CorsTest {

  private static final String PAGE = "http://page.test:8080";

  private static HttpResponse<String> send(
      SampleFront front, String method, String path, String... headers) throws Exception {
    return front.send(
        front.request(path).method(method, BodyPublishers.noBody()).headers(headers).build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> preflight(SampleFront front, String origin) throws Exception {
    return send(
        front,
        "OPTIONS",
        "/api/echo/x/1",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "content-type, x-player-id");
  }

  private static Map<String, String> allowed(HttpResponse<?> response) {
    Map<String, String> allowed = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase().startsWith("access-control-")) {
                allowed.put(name.toLowerCase(), String.join(",", values));
              }
            });
    return allowed;
  }

  @Test
  void a_page_that_is_named_may_ask_beforehand_and_see_every_answer() throws Exception {
    try (SampleFront front = new SampleFront(Cors.of(PAGE + "/, http://other.test", true))) {
      HttpResponse<String> before = preflight(front, PAGE);
      assertEquals(204, before.statusCode());
      assertEquals(
          Map.of(
              "access-control-allow-origin", PAGE,
              "access-control-allow-credentials", "true",
              "access-control-allow-methods", "POST",
              "access-control-allow-headers", "content-type, x-player-id"),
          allowed(before));

      List<HttpResponse<String>> answers = new ArrayList<>();
      answers.add(send(front, "POST", "/api/echo/x/1", "Origin", PAGE));
      answers.add(send(front, "GET", "/api/keyed", "Origin", PAGE));
      answers.add(send(front, "GET", "/api/nowhere", "Origin", PAGE));
      assertEquals(List.of(201, 401, 404), answers.stream().map(HttpResponse::statusCode).toList());
      for (HttpResponse<String> answer : answers) {
        assertEquals(PAGE, allowed(answer).get("access-control-allow-origin"));
        assertEquals("Origin", answer.headers().firstValue("vary").orElse(""));
      }
    }
  }

  @Test
  void any_page_may_without_cookies_if_that_is_what_is_wanted() throws Exception {
    try (SampleFront front = new SampleFront(Cors.of("*", false))) {
      // As a page that was opened from a file.
      assertEquals(
          Map.of(
              "access-control-allow-origin", "*",
              "access-control-allow-methods", "POST",
              "access-control-allow-headers", "content-type, x-player-id"),
          allowed(preflight(front, "null")));
    }
  }

  @Test
  void other_pages_are_told_nothing_nor_is_any_where_none_is_named() throws Exception {
    for (Cors cors : List.of(Cors.NONE, Cors.of(PAGE, false))) {
      try (SampleFront front = new SampleFront(cors)) {
        HttpResponse<String> before = preflight(front, "http://page.test");
        assertEquals(405, before.statusCode());
        assertEquals(Map.of(), allowed(before));
        HttpResponse<String> answer =
            send(front, "POST", "/api/echo/x/1", "Origin", "http://page.test");
        assertEquals(201, answer.statusCode());
        assertEquals(Map.of(), allowed(answer));
      }
    }
  }
}
