package parley.matchmaking;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import parley.matchmaking.MatchRequests.Requested;
import parley.matchmaking.rules.Bucket;
import parley.matchmaking.rules.Buckets;
import parley.platform.HttpEdge;
import parley.platform.HttpEdge.Call;
import parley.platform.OwnAddress;
import parley.platform.Problem;
import parley.platform.ProblemException;
import parley.platform.Reply;

/** Players looking for a match. */
public final class MatchmakingFunctions {

  private static final String ROUTE = "matchmaking/requests";

  /** Seconds after which an open request is worth another look. */
  private static final String LOOK_AGAIN = "1";

  private final HttpEdge edge;
  private final MatchRequests requests;
  private final Function<UUID, String> names;
  private final OwnAddress address;

  /**
   * @param names the name of a player; throws a 401 problem for one who does not exist
   */
  public MatchmakingFunctions(
      HttpEdge edge, MatchRequests requests, Function<UUID, String> names, OwnAddress address) {
    this.edge = edge;
    this.requests = requests;
    this.names = names;
    this.address = address;
  }

  /**
   * The body of a request.
   *
   * @param settings what the partners must have in common
   * @param timeoutSeconds how long the player wants to wait, 1 to 3600; null for the usual
   */
  record Wanted(Map<String, Object> settings, Long timeoutSeconds) {

    Wanted {
      if (settings == null) {
        throw new IllegalArgumentException("the field settings is missing or of the wrong type");
      }
    }

    Bucket bucket() {
      return Bucket.of(settings);
    }

    Duration timeout() {
      if (timeoutSeconds == null) {
        return null;
      }
      Duration timeout = Duration.ofSeconds(timeoutSeconds);
      Buckets.requireTimeout(timeout);
      return timeout;
    }
  }

  /** Queues the player (202); 409 with the request that is under way if there is one. */
  @FunctionName("RequestMatch")
  public HttpResponseMessage requestMatch(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = ROUTE)
          HttpRequestMessage<Optional<String>> request,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        Wanted.class,
        call -> {
          Requested requested = request(call, durable);
          if (!requested.accepted()) {
            throw MatchmakingProblems.alreadyQueued(requested.view());
          }
          String status = "/api/" + ROUTE + "/" + call.playerId();
          return Reply.of(202, requested.view())
              .header("Location", address.of(request.getUri(), status))
              .header("Retry-After", LOOK_AGAIN);
        });
  }

  /** The player's request: under way, or how it ended. */
  @FunctionName("MatchRequestStatus")
  public HttpResponseMessage matchRequestStatus(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = ROUTE + "/{playerId}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("playerId") String playerId,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        call -> {
          MatchView view =
              requests
                  .find(durable, self(call, playerId))
                  .orElseThrow(MatchmakingFunctions::noRequest);
          Reply reply = Reply.ok(view);
          return view.open() ? reply.header("Retry-After", LOOK_AGAIN) : reply;
        });
  }

  /** Takes the player out of the queue; 409 once there is a server. */
  @FunctionName("CancelMatchRequest")
  public HttpResponseMessage cancelMatchRequest(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.DELETE,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = ROUTE + "/{playerId}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("playerId") String playerId,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        call -> {
          MatchView view =
              requests
                  .cancel(durable, self(call, playerId))
                  .orElseThrow(MatchmakingFunctions::noRequest);
          if (view.status().equals("matched")) {
            throw MatchmakingProblems.alreadyMatched(view);
          }
          return Reply.ok(view);
        });
  }

  private Requested request(Call<Wanted> call, DurableClientContext durable) {
    Bucket bucket;
    Duration timeout;
    try {
      bucket = call.body().bucket();
      timeout = call.body().timeout();
    } catch (IllegalArgumentException e) {
      throw MatchmakingProblems.illegal(e);
    }
    return requests.request(
        durable, call.playerId(), names.apply(call.playerId()), bucket, timeout);
  }

  private static UUID self(Call<?> call, String playerId) {
    UUID id = HttpEdge.id(playerId);
    if (!id.equals(call.playerId())) {
      throw Problem.forbidden("a request is its player's own").exception();
    }
    return id;
  }

  private static ProblemException noRequest() {
    return Problem.notFound("you have not asked for a match").exception();
  }
}
