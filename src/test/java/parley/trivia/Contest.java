package parley.trivia;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonObject;
import com.microsoft.signalr.HubConnection;
import com.microsoft.signalr.HubConnectionBuilder;
import io.reactivex.rxjava3.core.Single;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.Answer;
import parley.TestApp;
import parley.TestDatabase;
import parley.TestPlayer;
import parley.platform.Json;

/** What those do who take part in the trivia game, and what the database knows of it. */
record Contest(TestApp app) {

  /** Has the database forget every game. */
  static void forget() {
    try (Connection connection = DriverManager.getConnection(TestDatabase.url());
        Statement statement = connection.createStatement()) {
      for (String table : new String[] {"trivia_guess", "trivia_score", "trivia_clue"}) {
        statement.executeUpdate("DELETE FROM " + table);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Of a clue that was asked. */
  static String answerOf(String clueId) {
    return text("SELECT Answer FROM trivia_clue WHERE ClueId = ? ORDER BY ID DESC LIMIT 1", clueId);
  }

  static int valueOf(String clueId) {
    return Integer.parseInt(
        text(
            "SELECT ClueValue FROM trivia_clue WHERE ClueId = ? ORDER BY ID DESC LIMIT 1", clueId));
  }

  static int guessesOf(String sessionId) {
    return Integer.parseInt(
        text("SELECT COUNT(*) FROM trivia_guess WHERE SessionId = ?", sessionId));
  }

  static String text(String sql, String... parameters) {
    try (Connection connection = DriverManager.getConnection(TestDatabase.url());
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        assertTrue(row.next(), sql);
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  Answer start() {
    return app.operate("POST", "/api/HttpStartSingle", null);
  }

  Answer stop() {
    return app.operate("POST", "/api/trivia/stop", null);
  }

  /** As the page asks: without a body. */
  Answer info() {
    return app.send("POST", "/api/SignalRInfo", null, null);
  }

  /** The clue to guess at, once there is one that is none of these. */
  JsonNode awaitClue(String... known) {
    return app.await(
            this::info,
            info -> {
              String id = info.body().at("/currentClue/clueId").asText();
              return !id.isEmpty() && !List.of(known).contains(id);
            })
        .body()
        .path("currentClue");
  }

  Answer guess(TestPlayer player, String sessionId, String clueId, String value) {
    String body = Json.write(Map.of("sessionId", sessionId, "clueId", clueId, "value", value));
    return app.post("/api/SubmitGuess", player, body);
  }

  Client connect() {
    Answer info = info();
    assertEquals(200, info.status(), () -> "" + info.body());
    return new Client(info.text("url"), info.text("accessToken"));
  }

  /** The published client, which keeps what it hears. */
  static final class Client implements AutoCloseable {
    private final HubConnection connection;
    private final BlockingQueue<JsonNode> clues = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> guesses = new LinkedBlockingQueue<>();

    Client(String url, String token) {
      connection =
          HubConnectionBuilder.create(url).withAccessTokenProvider(Single.just(token)).build();
      connection.on(TriviaNames.NEW_CLUE, clue -> clues.add(json(clue)), JsonObject.class);
      connection.on(TriviaNames.NEW_GUESS, guess -> guesses.add(json(guess)), JsonObject.class);
      connection.start().blockingAwait(20, TimeUnit.SECONDS);
    }

    private static JsonNode json(JsonObject argument) {
      return Json.read(argument.toString(), JsonNode.class);
    }

    JsonNode nextClue() throws InterruptedException {
      return next(clues);
    }

    JsonNode nextGuess() throws InterruptedException {
      return next(guesses);
    }

    private static JsonNode next(BlockingQueue<JsonNode> heard) throws InterruptedException {
      JsonNode next = heard.poll(20, TimeUnit.SECONDS);
      assertNotNull(next, "nothing was heard");
      return next;
    }

    @Override
    public void close() {
      connection.stop().blockingAwait(20, TimeUnit.SECONDS);
    }
  }
}
