package parley.trivia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestHost;
import parley.local.TestClock;
import parley.trivia.Contest.Client;

/** A clue from another service, with an answer that no other text holds by chance. */
class SecretAnswerTest {

  private static final String ANSWER = "Zyzzogeton";
  private static final String CLUES =
      """
      [{"id": 17, "question": "Which leafhopper comes late in the dictionary?",
        "answer": "<i>Zyzzogeton</i>", "value": 200, "category": {"title": "Insects"}}]""";

  @TempDir private Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Handler log = everyLine(told);
  private HttpServer clues;

  @BeforeEach
  void listen() throws Exception {
    Contest.forget();
    clues = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    clues.createContext(
        "/api/random/",
        exchange -> {
          byte[] body = CLUES.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    clues.start();
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void close() {
    Logger.getLogger("").removeHandler(log);
    clues.stop(0);
  }

  private static Handler everyLine(List<String> lines) {
    return new Handler() {
      private final SimpleFormatter format = new SimpleFormatter();

      @Override
      public void publish(LogRecord line) {
        lines.add(format.format(line));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private void tell(Answer answer) {
    told.add("" + answer.body());
  }

  @Test
  void nothing_tells_the_answer_before_the_beat_is_over() throws Exception {
    Map<String, String> settings =
        Map.of("TRIVIA_CLUES_URL", "http://127.0.0.1:" + clues.getAddress().getPort());
    try (TestHost host = TestHost.start(folder, new TestClock("2026-03-01T12:00:00Z"), settings)) {
      Contest contest = new Contest(host);
      try (Client client = contest.connect()) {
        contest.start();
        JsonNode message = client.nextClue();
        String clueId = message.at("/nextClue/clueId").textValue();
        assertEquals("17", clueId);
        host.await(() -> host.instance("1"), game -> TestHost.shown(game).path("clue").isObject());

        told.add("" + message);
        tell(contest.info());
        tell(contest.guess(null, "one", clueId, "no idea, nobody told me"));
        told.add("" + client.nextGuess());
        tell(contest.guess(null, "another", clueId, "x".repeat(300)));
        tell(host.get("/api/trivia/leaderboard", null));
        String game = "/runtime/webhooks/durabletask/instances/1?showHistory=true";
        String all = "&showHistoryOutput=true&showInput=true&code=" + host.host().systemKey();
        tell(host.send("GET", game + all, null, null));
        assertEquals(List.of(), told.stream().filter(text -> text.contains(ANSWER)).toList());

        host.advance(Duration.ofSeconds(20));
        JsonNode next = client.nextClue();
        assertEquals(ANSWER, next.at("/previousClue/answer").textValue());
        assertFalse(next.at("/nextClue/clueId").textValue().equals("17"), "it was asked just now");
      }
    }
  }
}
