package parley.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The game servers of a matchmaker, registered by their operator, and whom they were given to. */
final class GameServers {

  /** As many as one request registers. */
  private static final int AT_ONCE = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ServedApp app;
  private int registered;

  GameServers(ServedApp app) {
    this.app = app;
  }

  /** Registers so many more, each with an address of its own, by which a server is known. */
  void add(int count) throws IOException, InterruptedException {
    for (int left = count; left > 0; left -= AT_ONCE) {
      List<String> servers = new ArrayList<>();
      for (int i = 0; i < Math.min(left, AT_ONCE); i++) {
        registered++;
        servers.add(
            "{\"serverguid\":\"%s\",\"serveripandport\":\"10.0.%d.%d:7777\"}"
                .formatted(UUID.randomUUID(), registered / 250, registered % 250));
      }
      operate(
          "POST",
          "/api/AddServer",
          "{\"command\":\"addServer\",\"servers\":[%s]}".formatted(String.join(",", servers)));
    }
  }

  /**
   * What is not as it should be: every player has one server, every server one session, every
   * session as many players as it has seats.
   *
   * @param seats of each session
   */
  static List<String> wrong(List<Seeker> matched, int seats) {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> players = new HashMap<>();
    Map<String, String> servers = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (Seeker seeker : matched) {
      String session = seeker.session();
      players.merge(session, 1, Integer::sum);
      String server = servers.putIfAbsent(session, seeker.server());
      if (server == null && !taken.add(seeker.server())) {
        wrong.add(seeker.server() + " has two sessions");
      }
      if (server != null && !server.equals(seeker.server())) {
        wrong.add("session " + session + " has two servers");
      }
    }
    players.forEach(
        (session, count) -> {
          if (count != seats) {
            wrong.add("session " + session + " has " + count + " players");
          }
        });
    return wrong;
  }

  /** Throws if Redis holds anything that should not be. */
  void check() throws IOException, InterruptedException {
    String check = operate("GET", "/api/matchmaking/check", "");
    if (!check.equals("{\"wrong\":[]}")) {
      throw new IllegalStateException(check);
    }
  }

  private String operate(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.http() + path))
                .header("x-functions-key", app.functionKey())
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(path + " answers " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
