package parley.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.Answer;
import parley.TestPlayer;
import parley.notifications.Scene.Client;
import parley.notifications.Scene.Game;

/** Nobody gets what is meant for another: tried at the app, and at the service it sends to. */
class StrangersTest {

  @TempDir private static Path folder;
  private static Scene scene;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    scene = new Scene(folder);
  }

  @AfterAll
  static void stop() {
    scene.close();
  }

  @Test
  void nobody_gets_the_connection_of_another() {
    TestPlayer player = scene.signIn("Ada");
    TestPlayer other = scene.signIn("Bob");

    assertEquals(403, scene.negotiate(player, other.id()).status());
    assertEquals(401, scene.negotiate(null, player.id()).status());
    assertNull(scene.negotiate(player, other.id()).text("accessToken"));
    // The binding itself fails without the header, before the function can say what is missing.
    assertEquals(500, scene.host.send("POST", "/api/negotiate", player, null).status());
  }

  @Test
  void a_connection_is_told_what_is_its_players_and_nothing_else() throws Exception {
    TestPlayer ada = scene.signIn("Ada");
    TestPlayer bob = scene.signIn("Bob");
    try (Client adas = scene.connect(ada);
        Client bobs = scene.connect(bob)) {
      Game game = scene.game(ada, bob);
      Client first = game.first == ada ? adas : bobs;
      Client second = game.first == ada ? bobs : adas;
      game.play(game.first, 4);
      game.giveUp(game.first);

      // Each has what comes last for it, so nothing that was sent before is still on its way.
      List<String> kinds = List.of("yourTurn", "gameStarted", "opponentForfeited");
      for (JsonObject told = second.next(); ; told = second.next()) {
        String kind = told.get("kind").getAsString();
        assertTrue(kinds.contains(kind), kind);
        assertEquals(204, scene.received(game.second, told.get("id").getAsString()).status());
        assertEquals(404, scene.received(game.first, told.get("id").getAsString()).status());
        if (kind.equals("opponentForfeited")) {
          break;
        }
      }
      for (JsonObject told : first.rest()) {
        assertEquals("yourTurn", told.get("kind").getAsString());
        assertEquals(204, scene.received(game.first, told.get("id").getAsString()).status());
      }
    }
  }

  @Test
  void a_notification_is_its_players_own() {
    Game game = scene.game(scene.signIn("Ada"), scene.signIn("Bob"));
    String id = scene.await(game.first, "yourTurn", "cancelled");

    assertEquals(404, scene.received(game.second, id).status());
    assertEquals(401, scene.received(null, id).status());
    assertEquals(404, scene.received(game.first, UUID.randomUUID().toString()).status());
    String after = "/api/notifications?after=" + id;
    assertEquals(200, scene.host.get(after, game.first).status());
    assertEquals(404, scene.host.get(after, game.second).status());
  }

  @Test
  void a_token_for_another_hub_or_of_another_user_is_refused() throws Exception {
    TestPlayer ada = scene.signIn("Ada");
    TestPlayer bob = scene.signIn("Bob");
    Answer negotiated = scene.negotiate(ada, ada.id());
    String token = negotiated.text("accessToken");
    String url = negotiated.text("url");
    expectAdmission(200, url, token);

    expectAdmission(401, url.replace("hub=games", "hub=trivia"), token);
    expectAdmission(401, url, altered(token, ada.id(), bob.id()));
    expectAdmission(401, url, altered(token, "hub=games", "hub=other"));
    expectAdmission(401, url, unsigned(token));
    expectAdmission(401, url, ada.token());
    expectAdmission(401, url, "");
  }

  @Test
  void a_token_that_is_over_is_refused() throws Exception {
    TestPlayer ada = scene.signIn("Ada");
    Answer negotiated = scene.negotiate(ada, ada.id());
    expectAdmission(200, negotiated.text("url"), negotiated.text("accessToken"));

    scene.host.advance(Duration.ofHours(1));

    expectAdmission(401, negotiated.text("url"), negotiated.text("accessToken"));
  }

  /** Negotiates with the service itself, and comes without having negotiated. */
  private void expectAdmission(int status, String url, String token) throws Exception {
    String negotiate = url.replace("/client/?", "/client/negotiate?negotiateVersion=1&");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(negotiate))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.noBody())
            .build();
    assertEquals(status, http.send(request, BodyHandlers.discarding()).statusCode());
    assertEquals(status == 200 ? 101 : status, connect(url, token));
  }

  /** The status with which a WebSocket is answered. */
  private int connect(String url, String token) {
    URI uri = URI.create(url.replace("http:", "ws:") + "&access_token=" + token);
    try {
      http.newWebSocketBuilder().buildAsync(uri, new WebSocket.Listener() {}).join().abort();
      return 101;
    } catch (CompletionException e) {
      WebSocketHandshakeException refusal =
          assertThrows(
              WebSocketHandshakeException.class,
              () -> {
                throw e.getCause();
              });
      return refusal.getResponse().statusCode();
    }
  }

  /** A token that says something else, under the signature of what it said. */
  private static String altered(String token, String from, String to) {
    String[] parts = token.split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    assertTrue(claims.contains(from), claims);
    return parts[0] + "." + encoded(claims.replace(from, to)) + "." + parts[2];
  }

  private static String unsigned(String token) {
    return encoded("{\"alg\":\"none\"}") + "." + token.split("\\.")[1] + ".";
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
