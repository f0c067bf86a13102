package parley.trivia.clues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.Json;

class HttpClueSourceTest {

  private static final String ITEM =
      """
      {"id": 7, "question": "It is red.", "answer": "Mars", "value": 200, "airdate": null,
       "category": {"id": 9, "title": "planets"}}""";

  /** Answers one request, as the test wants it. */
  private interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private volatile Behaviour behaviour;
  private volatile String asked;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          behaviour.answer(exchange);
        });
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private HttpClueSource source(String path, Duration timeout) {
    return new HttpClueSource(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path), timeout);
  }

  private List<Clue> candidates(int count) throws ClueSourceException {
    return source("", Duration.ofSeconds(20)).candidates(count);
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void answerWith(String body) {
    behaviour = exchange -> respond(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }

  private String failure() {
    return assertThrows(ClueSourceException.class, () -> candidates(6)).getMessage();
  }

  @Test
  void a_service_that_answers_like_jservice_gives_clues() throws Exception {
    answerWith("[" + ITEM + "]");
    assertEquals(List.of(new Clue("7", "It is red.", "Mars", "planets", 200)), candidates(6));
    assertEquals("/api/random/?count=6", asked);
    source("/trivia//", Duration.ofSeconds(20)).candidates(2);
    assertEquals("/trivia/api/random/?count=2", asked);
  }

  @Test
  void a_clue_without_a_value_is_among_the_hardest_and_an_id_may_be_a_text() throws Exception {
    answerWith(
        "["
            + ITEM.replace("200", "null").replace("7,", "\"a-7\",")
            + ", "
            + ITEM.replace("\"value\": 200,", "")
            + "]");
    assertEquals(
        List.of(
            new Clue("a-7", "It is red.", "Mars", "planets", 1000),
            new Clue("7", "It is red.", "Mars", "planets", 1000)),
        candidates(6));
  }

  @Test
  void tags_entities_backslashes_and_unseen_characters_do_not_get_in() throws Exception {
    String question =
        "<b>\\\"It&#39;s</b> &lt;i&gt;red&lt;/i&gt; &amp; 1 < 2,\u202e\r\n\u00a0 <a href='x'>far";
    String answer = "<i>the \\'Red\\' Planet</i>\\<script src=//x ";
    answerWith(
        "["
            + ITEM.replace("\"It is red.\"", Json.write(question))
                .replace("\"Mars\"", Json.write(answer))
            + "]");
    assertEquals(
        List.of(new Clue("7", "\"It's red & 1 < 2, far", "the 'Red' Planet", "planets", 200)),
        candidates(6));
  }

  @Test
  void items_of_another_shape_are_left_out_and_so_are_more_than_were_asked_for() throws Exception {
    List<String> strange =
        List.of(
            "null",
            "7",
            "[]",
            "{}",
            ITEM.replace("7,", "null,"),
            ITEM.replace("7,", "{},"),
            ITEM.replace("7,", "\"<b>\","),
            ITEM.replace("\"Mars\"", "null"),
            ITEM.replace("\"Mars\"", "\"<i></i> \\\\\""),
            ITEM.replace("\"Mars\"", "[\"Mars\"]"),
            ITEM.replace("Mars", "M".repeat(201)),
            ITEM.replace("\"It is red.\"", "\"\""),
            ITEM.replace("200", "-200"),
            ITEM.replace("200", "1.5"),
            ITEM.replace("200", "\"200\""),
            ITEM.replace("200", "99999999999"),
            ITEM.replace("\"title\"", "\"name\""),
            ITEM.replace("\"category\"", "\"group\""));
    for (String item : strange) {
      answerWith("[" + item + ", " + ITEM + "]");
      assertEquals(1, candidates(6).size(), item);
      answerWith("[" + item + "]");
      assertTrue(failure().contains("no clue"), item);
    }
    answerWith("[" + ITEM + ("," + ITEM).repeat(30) + "]");
    assertEquals(6, candidates(6).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "{}", "7", "[{", "<html>Just a moment</html>", "[] []", "[NaN]"})
  void an_answer_without_clues_is_a_failure_of_the_source(String body) {
    answerWith(body);
    assertTrue(failure().startsWith("the clue service "));
  }

  @Test
  void neither_deep_nesting_nor_broken_characters_harm() {
    answerWith("[".repeat(100_000));
    failure();
    behaviour = exchange -> respond(exchange, 200, new byte[] {'[', '"', (byte) 0xff, '"', ']'});
    failure();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 403, 404, 429, 500, 503})
  void another_status_is_a_failure_and_redirects_are_not_followed(int status) {
    String elsewhere = "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere";
    behaviour =
        exchange -> {
          exchange.getResponseHeaders().set("Location", elsewhere);
          respond(exchange, status, new byte[0]);
        };
    assertTrue(failure().endsWith("status " + status));
    assertEquals("/api/random/?count=6", asked);
  }

  @Test
  void no_more_is_read_than_a_fair_answer_holds() {
    behaviour =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] some = "[[[[".repeat(4096).getBytes(StandardCharsets.UTF_8);
          // Ends when the client has hung up.
          while (over.getCount() > 0) {
            exchange.getResponseBody().write(some);
          }
        };
    assertTrue(failure().endsWith("IOException"));
  }

  @Test
  void a_service_that_never_answers_or_never_ends_is_given_up() {
    Duration soon = Duration.ofMillis(300);
    behaviour = exchange -> awaitEnd();
    String silent =
        assertThrows(ClueSourceException.class, () -> source("", soon).candidates(6)).getMessage();
    assertTrue(silent.endsWith("300 ms"), silent);
    behaviour =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('[');
          exchange.getResponseBody().flush();
          awaitEnd();
        };
    String endless =
        assertThrows(ClueSourceException.class, () -> source("", soon).candidates(6)).getMessage();
    assertTrue(endless.endsWith("300 ms"), endless);
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_service_that_is_not_there_is_a_failure_that_names_no_answer_or_address() {
    server.stop(0);
    String message = failure();
    assertTrue(message.startsWith("the clue service gave no answer"), message);
    assertFalse(message.contains("127.0.0.1"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "host/path",
        "http:///path",
        "https://host/?key=secret",
        "https://me:secret@host",
        "https://host/#secret"
      })
  void only_a_plain_web_address_is_a_clue_service(String address) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> new HttpClueSource(URI.create(address)));
    assertFalse(refusal.getMessage().contains("secret"));
  }
}
