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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import parley.game.OpenSessions.Started;
import parley.game.rules.GameEvent;
import parley.game.rules.GameSession;
import parley.platform.HttpEdge;
import parley.platform.HttpEdge.Call;
import parley.platform.Orchestrations;
import parley.platform.Problem;
import parley.platform.Reply;

/** Getting into a game, looking at it, and getting out of one that has not begun. */
public final class GameFunctions {

  private static final int KEY_LENGTH = 255;
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

  private final HttpEdge edge;
  private final Games games;
  private final SessionPages pages;
  private final GameReplies replies;
  private final Orchestrations orchestrations;

  public GameFunctions(
      HttpEdge edge,
      Games games,
      SessionPages pages,
      GameReplies replies,
      Orchestrations orchestrations) {
    this.edge = edge;
    this.games = games;
    this.pages = pages;
    this.replies = replies;
    this.orchestrations = orchestrations;
  }

  /** Joins the oldest open session with equal game and settings (200), else opens one (201). */
  @FunctionName("StartGameSession")
  public HttpResponseMessage startGameSession(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions")
          HttpRequestMessage<Optional<String>> request,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        GameRequests.Start.class,
        call -> {
          Started started = start(call);
          GameSession session = started.session();
          if (!started.replayed()) {
            announce(durable, started, call.playerId());
          }
          return replies.session(started.created() ? 201 : 200, session, call.playerId());
        });
  }

  /** Takes a seat by invitation, by code, or in a session that is open to anybody. */
  @FunctionName("JoinGameSession")
  public HttpResponseMessage joinGameSession(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions/{id}/players")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        GameRequests.Join.class,
        call ->
            replies.commit(
                HttpEdge.id(id),
                call.playerId(),
                new GameEvent.AddPlayer(call.playerId(), call.body().code(), false),
                durable));
  }

  /** The session; 304 if the client has this version. */
  @FunctionName("LoadGameSession")
  public HttpResponseMessage loadGameSession(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return edge.player(
        request,
        call -> {
          GameSession session = replies.visible(HttpEdge.id(id), call.playerId());
          String eTag = GameReplies.eTag(session);
          boolean unchanged =
              call.header("If-None-Match").filter(header -> matches(header, eTag)).isPresent();
          return unchanged
              ? Reply.of(304, null).header("ETag", eTag)
              : replies.session(200, session, call.playerId());
        });
  }

  /** The player's sessions, newest activity first. */
  @FunctionName("ListGameSessions")
  public HttpResponseMessage listGameSessions(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions")
          HttpRequestMessage<Optional<String>> request) {
    return edge.player(
        request,
        call -> {
          SessionQuery query = SessionQuery.of(call);
          SessionPages.Page page =
              pages.list(call.playerId(), query.status(), query.limit(), query.after());
          return Reply.ok(
              new SessionQuery.Listed(
                  page.sessions().stream()
                      .map(session -> games.view(session, call.playerId()))
                      .toList(),
                  SessionQuery.text(page.next())));
        });
  }

  /** Withdraws a session that nobody has joined. */
  @FunctionName("CancelGameSession")
  public HttpResponseMessage cancelGameSession(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.DELETE,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "sessions/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    return edge.player(
        request,
        call ->
            replies.commit(
                HttpEdge.id(id), call.playerId(), new GameEvent.Cancel(call.playerId()), durable));
  }

  private Started start(Call<GameRequests.Start> call) {
    GameRequests.Start asked = call.body();
    if (!games.knows(asked.game())) {
      throw new Problem("unknown-game", "There is no such game.", 422, "no game has this name")
          .exception();
    }
    games
        .settingsRefusal(asked.game(), asked.settings())
        .ifPresent(
            refused -> {
              throw Refusals.problem(refused).exception();
            });
    if (call.playerId().equals(asked.opponent())) {
      throw new Problem("unknown-opponent", "You cannot invite yourself.", 422, "opponent is you")
          .exception();
    }
    return games.start(
        call.playerId(),
        asked.game(),
        asked.settings(),
        asked.opponent(),
        asked.inviteOnly(),
        Idempotency.of(key(call), asked));
  }

  private void announce(DurableClientContext durable, Started started, UUID playerId) {
    GameSession session = started.session();
    if (started.created()) {
      orchestrations.start(
          durable,
          GameNames.GAME_ORCHESTRATOR,
          session.sessionId().toString(),
          new GameNames.StartGame());
    } else {
      replies.wake(durable, session, new GameEvent.AddPlayer(playerId, null, false));
    }
  }

  private static Optional<String> key(Call<?> call) {
    Optional<String> key = call.header("Idempotency-Key");
    key.filter(text -> text.isBlank() || text.length() > KEY_LENGTH)
        .ifPresent(
            text -> {
              throw Problem.malformed("Idempotency-Key has 1 to " + KEY_LENGTH + " characters")
                  .exception();
            });
    return key;
  }

  /** Whether an If-None-Match header names this version; a weak tag counts as its strong one. */
  private static boolean matches(String header, String eTag) {
    Predicate<String> same = tag -> tag.equals("*") || tag.equals(eTag) || tag.equals("W/" + eTag);
    return List.of(COMMA.split(header.strip())).stream().anyMatch(same);
  }
}
