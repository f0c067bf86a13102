package parley.bench.load;

import java.util.UUID;
import java.util.function.Consumer;

/** Somebody signs in. */
record SignIn(Consumer<Player> signedIn) implements Talk {

  @Override
  public Request first() {
    String body = "{\"deviceId\":\"%s\",\"name\":\"Ada\"}".formatted(UUID.randomUUID());
    return Request.post("/api/players", null, body);
  }

  @Override
  public Request next(Answer answer) {
    answer.expect(201);
    signedIn.accept(new Player(answer.text("playerId"), answer.text("token")));
    return null;
  }
}
