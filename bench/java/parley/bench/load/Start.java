package parley.bench.load;

import java.util.Map;
import java.util.function.Consumer;

/** Two players ask for a game of tic-tac-toe, one after the other. */
final class Start implements Talk {

  private final Player one;
  private final Player other;
  private final String body;
  private final Map<String, Player> everybody;
  private final Consumer<Game> ready;
  private boolean bothAsked;

  /**
   * @param turnSeconds where others ask for the same, these two may come to play against them
   * @param everybody all players, by id
   * @param ready takes each game that has both its players
   */
  Start(
      Player one,
      Player other,
      int turnSeconds,
      Map<String, Player> everybody,
      Consumer<Game> ready) {
    this.one = one;
    this.other = other;
    this.body =
        "{\"game\":\"tic-tac-toe\",\"settings\":{\"turnSeconds\":%d}}".formatted(turnSeconds);
    this.everybody = everybody;
    this.ready = ready;
  }

  @Override
  public Request first() {
    return Request.post("/api/sessions", one.token(), body);
  }

  @Override
  public Request next(Answer answer) {
    if (answer.status() == 201) {
      answer.expectText("status", "matchmaking");
    } else {
      answer.expect(200);
      ready.accept(Game.of(answer, everybody));
    }
    if (bothAsked) {
      return null;
    }
    bothAsked = true;
    return Request.post("/api/sessions", other.token(), body);
  }
}
