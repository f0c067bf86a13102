package parley.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the host itself refuses, and what a failing function looks like from outside. */
class HttpRefusalTest {

  private static final SampleFront FRONT = new SampleFront();

  @AfterAll
  static void close() {
    FRONT.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/nowhere, 404, not-found",
    "GET, /api/echo/x/not-a-number, 404, not-found",
    "GET, /api/, 404, not-found",
    "GET, /elsewhere, 404, not-found",
    "POST, /others, 405, method-not-allowed",
    "FOO, /others, 405, method-not-allowed",
    "FOO, /api/echo/x/1, 405, method-not-allowed",
    "DELETE, /api/echo/x/1, 405, method-not-allowed",
    "HEAD, /api/echo/x/1, 405, ''",
    "GET, /api/keyed, 401, unauthenticated",
    "GET, /api/keyed?code=wrong, 401, unauthenticated",
    "GET, /api/answer/boom, 500, internal",
    "GET, /api/answer/error, 500, internal"
  })
  void a_refusal_is_a_problem(String method, String path, int status, String type)
      throws Exception {
    HttpResponse<String> response =
        FRONT.send(
            FRONT.request(path).method(method, BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertEquals(status, response.statusCode());
    if (!type.isEmpty()) {
      assertProblem(type, status, response);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/echo/x/1, 'GET, POST'",
    "FOO, /api/echo/x/1, 'GET, POST'",
    "HEAD, /api/echo/x/1, 'GET, POST'",
    "POST, /others, GET"
  })
  void a_wrong_method_is_told_the_right_ones(String method, String path, String allowed)
      throws Exception {
    HttpRequest request = FRONT.request(path).method(method, BodyPublishers.noBody()).build();
    HttpResponse<String> response = FRONT.send(request, BodyHandlers.ofString());
    assertEquals(405, response.statusCode());
    assertEquals(allowed, response.headers().firstValue("allow").orElseThrow());
  }

  @Test
  void a_body_at_the_limit_is_read_and_one_byte_more_is_refused() throws Exception {
    assertEquals(201, FRONT.post("x".repeat(RequestBody.LIMIT)).statusCode());
    assertProblem("too-large", 413, FRONT.post("x".repeat(RequestBody.LIMIT + 1)));
  }

  @Test
  void a_client_that_sends_far_too_much_sees_the_answer() throws Exception {
    byte[] megabyte = new byte[1 << 20];
    HttpRequest request =
        FRONT
            .request("/api/echo/x/1")
            .POST(BodyPublishers.ofByteArrays(Collections.nCopies(20, megabyte)))
            .build();
    assertProblem("too-large", 413, FRONT.send(request, BodyHandlers.ofString()));
    assertEquals(201, FRONT.post("and the next request is fine").statusCode());
  }

  @Test
  void a_failure_is_logged_with_the_name_of_the_function_and_not_told_to_the_client()
      throws Exception {
    List<LogRecord> logged = new ArrayList<>();
    Handler handler = collectInto(logged);
    Logger logger = Logger.getLogger(HttpFunctions.class.getName());
    logger.addHandler(handler);
    try {
      assertFalse(FRONT.get("/api/answer/boom?code=secret").body().contains("hunter2"));
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals("function Answer failed", logged.get(0).getMessage());
    assertEquals("password=hunter2", logged.get(0).getThrown().getMessage());
  }

  private static Handler collectInto(List<LogRecord> records) {
    return new Handler() {
      @Override
      public void publish(LogRecord logged) {
        records.add(logged);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static void assertProblem(String type, int status, HttpResponse<String> response)
      throws IOException {
    assertEquals(status, response.statusCode());
    assertEquals(
        "application/problem+json", response.headers().firstValue("content-type").orElseThrow());
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertEquals(type, problem.get("type").asText());
    assertEquals(status, problem.get("status").asInt());
    assertFalse(problem.get("title").asText().isEmpty());
    assertTrue(problem.get("detail").isTextual());
  }
}
