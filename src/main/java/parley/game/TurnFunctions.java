package parley.game;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import parley.game.rules.GameEvent;
import parley.game.rules.Move;
import parley.platform.HttpEdge;
import parley.platform.Reply;

/** What happens in a game that goes on. */
public final class TurnFunctions {

  private final HttpEdge edge;
  private final DataClient data;
  private final GameReplies replies;

  public TurnFunctions(HttpEdge edge, DataClient data, GameReplies replies) {
    this.edge = edge;
    this.data = data;
    this.replies = replies;
  }

  /** Makes a move; once this has answered, it is committed. */
  @FunctionName("TakeTurn")
  public HttpResponseMessage takeTurn(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions/{id}/turns")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        GameRequests.Turn.class,
        call -> {
          Move move = new Move(call.body().moveId(), call.playerId(), call.body().move());
          return replies.commit(
              HttpEdge.id(id), call.playerId(), new GameEvent.TakeTurn(move), durable);
        });
  }

  /** Gives up, in or out of turn. */
  @FunctionName("Forfeit")
  public HttpResponseMessage forfeit(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions/{id}/forfeit")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        GameRequests.Forfeit.class,
        call -> {
          Move move = Move.forfeit(call.body().moveId(), call.playerId());
          return replies.commit(
              HttpEdge.id(id), call.playerId(), new GameEvent.Forfeit(move), durable);
        });
  }

  /**
   * @param move null where the player gave up
   */
  record Played(int seq, UUID moveId, UUID playerId, Map<String, Object> move, Instant playedAt) {}

  record History(List<Played> moves) {}

  /** The whole history, enough to replay the game. */
  @FunctionName("ListMoves")
  public HttpResponseMessage listMoves(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions/{id}/moves")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return edge.player(
        request,
        call -> {
          UUID sessionId = replies.visible(HttpEdge.id(id), call.playerId()).sessionId();
          return Reply.ok(
              new History(data.moves(sessionId).stream().map(TurnFunctions::played).toList()));
        });
  }

  private static Played played(DataClient.PlayedMove played) {
    Move move = played.move();
    return new Played(played.seq(), move.moveId(), move.playerId(), move.move(), played.playedAt());
  }
}
