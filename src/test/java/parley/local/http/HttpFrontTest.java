package parley.local.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.local.SampleFunctions;
import parley.local.functions.Samples;

class HttpFrontTest {

  private static final String KEY = "the-function-key";

  private static HttpFront front;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void open() {
    HttpFunctions functions =
        new HttpFunctions(
            new RouteTable(Samples.catalog()), Samples.invoker(new SampleFunctions()), KEY);
    front =
        HttpFront.start(
            0,
            functions,
            routes -> routes.get("/others", context -> context.result("another route")));
  }

  @AfterAll
  static void close() {
    front.close();
  }

  @Test
  void a_function_sees_the_request_and_its_response_arrives() throws Exception {
    HttpResponse<String> response =
        client.send(
            request("/api/Echo/a%20b+c%C3%A9/42?q=1&q=2%263")
                .header("X-Sample", "seen")
                .POST(BodyPublishers.ofString("grüße"))
                .build(),
            BodyHandlers.ofString());
    assertEquals(201, response.statusCode());
    assertEquals("/somewhere", response.headers().firstValue("location").orElseThrow());
    assertEquals(
        "a b+cé|42|POST|"
            + uri("/api/Echo/a%20b+c%C3%A9/42?q=1&q=2%263")
            + "|seen|1,2&3|grüße|Echo",
        response.body());
  }

  @Test
  void a_request_without_body_has_an_empty_optional() throws Exception {
    assertTrue(get("/api/echo/x/1").body().contains("|no body|"));
  }

  @Test
  void a_literal_goes_before_a_parameter() throws Exception {
    assertEquals("literal", get("/api/answer/me").body());
  }

  @Test
  void bytes_objects_and_nothing_are_written_as_azure_writes_them() throws Exception {
    HttpResponse<byte[]> bytes =
        client.send(request("/api/answer/bytes").build(), BodyHandlers.ofByteArray());
    assertArrayEquals(new byte[] {1, 2, 3}, bytes.body());
    assertEquals("application/octet-stream", contentType(bytes));
    assertEquals("{\"a\":1}", get("/api/answer/object").body());
    assertEquals("application/json;charset=utf-8", contentType(get("/api/answer/object")));
    HttpResponse<String> nothing = get("/api/answer/nothing");
    assertEquals(204, nothing.statusCode());
    assertTrue(nothing.headers().firstValue("content-type").isEmpty());
    assertEquals(204, get("/api/answer/null").statusCode());
  }

  @Test
  void a_404_of_a_function_is_its_own() throws Exception {
    HttpResponse<String> response = get("/api/answer/missing");
    assertEquals(404, response.statusCode());
    assertEquals("the function's own", response.body());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/nowhere, 404, not-found",
    "GET, /api/echo/x/not-a-number, 404, not-found",
    "GET, /api/, 404, not-found",
    "GET, /elsewhere, 404, not-found",
    "POST, /others, 405, method-not-allowed",
    "DELETE, /api/echo/x/1, 405, method-not-allowed",
    "HEAD, /api/echo/x/1, 405, ''",
    "GET, /api/keyed, 401, unauthorized",
    "GET, /api/keyed?code=wrong, 401, unauthorized",
    "GET, /api/answer/boom, 500, internal-error",
    "GET, /api/answer/error, 500, internal-error"
  })
  void a_refusal_is_a_problem(String method, String path, int status, String type)
      throws Exception {
    HttpResponse<String> response =
        client.send(
            request(path).method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    assertEquals(status, response.statusCode());
    if (!type.isEmpty()) {
      assertProblem(type, status, response);
    }
  }

  @Test
  void a_wrong_method_is_told_the_right_ones() throws Exception {
    HttpResponse<String> response =
        client.send(request("/api/echo/x/1").DELETE().build(), BodyHandlers.ofString());
    assertEquals("GET, POST", response.headers().firstValue("allow").orElseThrow());
  }

  @Test
  void other_routes_are_served_too() throws Exception {
    assertEquals("another route", get("/others").body());
  }

  @Test
  void the_function_key_opens_by_query_or_header() throws Exception {
    assertEquals("let in", get("/api/keyed?code=" + KEY).body());
    HttpResponse<String> response =
        client.send(
            request("/api/keyed").header("X-Functions-Key", KEY).build(), BodyHandlers.ofString());
    assertEquals("let in", response.body());
  }

  @Test
  void a_body_at_the_limit_is_read_and_one_byte_more_is_refused() throws Exception {
    assertEquals(201, post("x".repeat(RequestBody.LIMIT)).statusCode());
    assertProblem("too-large", 413, post("x".repeat(RequestBody.LIMIT + 1)));
  }

  @Test
  void a_client_that_sends_far_too_much_sees_the_answer() throws Exception {
    byte[] megabyte = new byte[1 << 20];
    HttpRequest request =
        request("/api/echo/x/1")
            .POST(BodyPublishers.ofByteArrays(Collections.nCopies(20, megabyte)))
            .build();
    assertProblem("too-large", 413, client.send(request, BodyHandlers.ofString()));
    assertEquals(201, post("and the next request is fine").statusCode());
  }

  @Test
  void a_failure_is_logged_with_the_name_of_the_function_and_not_told_to_the_client()
      throws Exception {
    List<LogRecord> logged = new ArrayList<>();
    Handler handler = collectInto(logged);
    Logger logger = Logger.getLogger(HttpFunctions.class.getName());
    logger.addHandler(handler);
    try {
      assertFalse(get("/api/answer/boom?code=secret").body().contains("hunter2"));
    } finally {
      logger.removeHandler(handler);
    }
    assertEquals("function Answer failed", logged.get(0).getMessage());
    assertEquals("password=hunter2", logged.get(0).getThrown().getMessage());
  }

  @Test
  void a_durable_client_knows_the_urls_of_the_management_api() throws Exception {
    HttpResponse<String> response =
        client.send(
            request("/api/client").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    assertEquals(202, response.statusCode());
    JsonNode urls = new ObjectMapper().readTree(response.body());
    String base = uri("/runtime/webhooks/durabletask/instances/instance-1").toString();
    assertEquals(base + "?code=the-system-key", urls.get("statusQueryGetUri").asText());
    assertEquals(
        base + "/suspend?reason={text}&code=the-system-key", urls.get("suspendPostUri").asText());
  }

  @Test
  void a_url_that_cannot_be_read_is_a_problem_too() throws IOException {
    assertTrue(raw("GET /api/echo/%zz/1 HTTP/1.1").contains("400 "));
    String noPath = raw("GET nonsense HTTP/1.1");
    assertTrue(noPath.contains("400 ") && noPath.contains("application/problem+json"), noPath);
    assertTrue(raw("GET /api/echo/x/1?q=%zz HTTP/1.1").contains("400 "));
    assertTrue(raw("GET /api/echo/x/1?q={} HTTP/1.1").contains("400 "));
  }

  private String raw(String requestLine) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", front.port())) {
      String request = requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      try (InputStream answer = socket.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
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
    assertEquals("application/problem+json", contentType(response));
    JsonNode problem = new ObjectMapper().readTree(response.body());
    assertEquals(type, problem.get("type").asText());
    assertEquals(status, problem.get("status").asInt());
    assertFalse(problem.get("title").asText().isEmpty());
    assertTrue(problem.has("detail"));
  }

  private static String contentType(HttpResponse<?> response) {
    return response.headers().firstValue("content-type").orElseThrow();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return client.send(
        request("/api/echo/x/1").POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + front.port() + path);
  }
}
