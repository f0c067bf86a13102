package parley.game;

import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import java.util.UUID;
import parley.game.Games.Judged;
import parley.game.rules.GameEvent;
import parley.game.rules.GameSession;
import parley.game.rules.Turn.Accepted;
import parley.game.rules.Turn.Refused;
import parley.platform.Orchestrations;
import parley.platform.Problem;
import parley.platform.Reply;

/** What the requests of a game have in common: commit, tell the orchestration, answer truly. */
public final class GameReplies {

  private final Games games;
  private final Orchestrations orchestrations;

  public GameReplies(Games games, Orchestrations orchestrations) {
    this.games = games;
    this.orchestrations = orchestrations;
  }

  /**
   * Applies what a player does to a session. Whatever was committed, its orchestration is woken
   * for.
   *
   * @return the session after it, also where it had been done before
   */
  Reply commit(UUID sessionId, UUID playerId, GameEvent event, DurableClientContext durable) {
    Judged judged = games.apply(sessionId, event).orElseThrow(() -> noSuchSession().exception());
    GameSession session = judged.session();
    if (judged.committed()) {
      boolean accepted = judged.turn() instanceof Accepted;
      wake(durable, session, accepted ? event : new GameEvent.Look());
    }
    if (judged.turn() instanceof Refused refused) {
      Problem problem = Refusals.problem(refused);
      boolean shows = problem.status() == 409 && session.seats(playerId);
      throw (shows ? problem.with("session", games.view(session, playerId)) : problem).exception();
    }
    return session(200, session, playerId);
  }

  /** Tells the orchestration of a session that a request has brought it to a new version. */
  void wake(DurableClientContext durable, GameSession session, GameEvent event) {
    orchestrations.wake(
        durable,
        GameNames.GAME_ORCHESTRATOR,
        session.sessionId().toString(),
        new GameNames.StartGame(),
        GameEvents.name(event),
        GameEvents.payload(event, session.version()),
        session.version());
  }

  /**
   * A session that this player may see.
   *
   * @throws parley.platform.ProblemException 404 if there is none, 403 if it is not the player's
   */
  GameSession visible(UUID sessionId, UUID playerId) {
    GameSession session = games.look(sessionId).orElseThrow(() -> noSuchSession().exception());
    if (!session.seats(playerId) && !playerId.equals(session.invitedPlayerId())) {
      throw Problem.forbidden("you do not play in this session").exception();
    }
    return session;
  }

  /** The session as that player may see it; its ETag is its version. */
  Reply session(int status, GameSession session, UUID viewerId) {
    return Reply.of(status, games.view(session, viewerId))
        .header("ETag", eTag(session))
        .header("Cache-Control", "private, no-cache");
  }

  static String eTag(GameSession session) {
    return "\"" + session.version() + "\"";
  }

  private static Problem noSuchSession() {
    return Problem.notFound("there is no such session");
  }
}
