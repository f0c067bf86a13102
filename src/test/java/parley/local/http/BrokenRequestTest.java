package parley.local.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client library would send, byte by byte. */
class BrokenRequestTest {

  private static final SampleFront FRONT = new SampleFront();
  private static final String HOST = "Host: localhost\r\nConnection: close\r\n";
  private static final String POST = "POST /api/echo/x/1 HTTP/1.1\r\n" + HOST;

  @AfterAll
  static void close() {
    FRONT.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n10\r\nab",
        "Content-Length: 100\r\n\r\nab",
        "Content-Length: 2\r\n\r\n\u00ff\u00fe"
      })
  void a_body_that_cannot_be_read_is_malformed_and_is_not_worth_a_line_in_the_log(String rest)
      throws IOException {
    List<LogRecord> logged = new CopyOnWriteArrayList<>();
    Handler handler = warningsInto(logged);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      assertProblem("malformed", 400, send(POST + rest));
    } finally {
      root.removeHandler(handler);
    }
    assertEquals(List.of(), logged);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/echo/%zz/1, 400, malformed",
    "GET /api/echo/%00/1, 400, malformed",
    "GET /%zz, 400, malformed",
    "GET /api/echo/%ff/1, 400, malformed",
    "GET /api/echo/x/1?q=%zz, 400, malformed",
    "GET /api/echo/x/1?q={}, 400, malformed",
    "GET nonsense, 400, malformed",
    "OPTIONS *, 404, not-found",
    "FOO /elsewhere, 404, not-found"
  })
  void a_request_line_that_makes_no_sense_is_a_problem(String line, int status, String type)
      throws IOException {
    assertProblem(type, status, send(line + " HTTP/1.1\r\n" + HOST + "\r\n"));
  }

  @Test
  void headers_that_make_no_sense_are_a_problem() throws IOException {
    String get = "GET /api/echo/x/1 HTTP/1.1\r\n";
    assertProblem("malformed", 400, send(get + "Connection: close\r\n\r\n"));
    assertProblem("malformed", 400, send(POST + "Content-Length: abc\r\n\r\nab"));
    assertProblem("malformed", 417, send(POST + "Content-Length: 0\r\nExpect: no\r\n\r\n"));
    assertProblem("too-large", 431, send(get + HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n"));
    assertProblem("too-large", 414, send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n"));
  }

  @Test
  void a_web_socket_where_there_is_none_is_a_problem_and_leaves_no_cookie() throws IOException {
    String answer =
        send(
            "GET /api/echo/x/1 HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade, close\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + "\r\n");
    assertProblem("not-found", 404, answer);
    assertFalse(answer.contains("Set-Cookie"), answer);
  }

  /** Sends each character as a byte, and then nothing more. */
  private static String send(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", FRONT.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      try (InputStream answer = socket.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static void assertProblem(String type, int status, String answer) throws IOException {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains("Content-Type: application/problem+json\r\n"), answer);
    JsonNode problem = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
    assertEquals(type, problem.get("type").asText());
    assertEquals(status, problem.get("status").asInt());
    assertTrue(problem.get("title").asText().endsWith("."), answer);
    assertTrue(problem.get("detail").isTextual(), answer);
  }

  private static Handler warningsInto(List<LogRecord> records) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            records.add(logged);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    handler.setLevel(Level.WARNING);
    handler.setFilter(record -> record.getLoggerName().matches(".*(local\\.http|jetty|javalin).*"));
    return handler;
  }
}
