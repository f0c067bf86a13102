package parley.bench.load;

import java.net.URI;
import java.util.function.Consumer;

/** A player asks where to be told. */
record Negotiate(Player player, Consumer<Access> answered) implements Talk {

  /**
   * What a client of SignalR connects with.
   *
   * @param url of the service, with the hub in its query
   */
  record Access(Player player, String url, String token) {

    /** Where the WebSocket is. */
    String path() {
      URI uri = URI.create(url);
      return uri.getPath() + "?" + uri.getQuery() + "&access_token=" + token;
    }
  }

  @Override
  public Request first() {
    return Request.post("/api/negotiate", player.token(), "", "x-player-id: " + player.id());
  }

  @Override
  public Request next(Answer answer) {
    answer.expect(200);
    answered.accept(new Access(player, answer.text("url"), answer.text("accessToken")));
    return null;
  }
}
