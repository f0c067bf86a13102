package parley.game;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.game.GameState.Applied;
import parley.game.GameState.EventToApply;
import parley.game.GameState.NewsToQueue;
import parley.game.Games.Judged;
import parley.game.rules.GameEvent;
import parley.game.rules.GameSession;
import parley.game.rules.News;
import parley.game.rules.Turn.Refused;
import parley.notifications.Notification;
import parley.platform.Json;

/** What a game's orchestration has done for it. Each may run twice and comes to the same. */
public final class GameActivities {

  private static final Logger LOG = Logger.getLogger(GameActivities.class.getName());

  private final Games games;
  private final DueSessions sessions;
  private final Consumer<Notification> notifications;

  /**
   * @param notifications takes what a player is to be told, once for each id
   */
  public GameActivities(Games games, DueSessions sessions, Consumer<Notification> notifications) {
    this.games = games;
    this.sessions = sessions;
    this.notifications = notifications;
  }

  /**
   * Applies one event and tells how the session stands now, whether or not the event was any good.
   */
  @FunctionName(GameNames.APPLY_EVENT)
  public String applyEvent(@DurableActivityTrigger(name = "event") String json) {
    EventToApply asked = Json.read(json, EventToApply.class);
    Optional<Judged> judged = games.apply(asked.sessionId(), event(asked));
    if (judged.isEmpty()) {
      return Json.write(new Applied(null, List.of()));
    }
    if (judged.get().turn() instanceof Refused refused) {
      LOG.log(
          Level.INFO,
          "session {0} refused {1}: {2}",
          new Object[] {asked.sessionId(), asked.event(), refused.reason()});
    }
    GameSession session = judged.get().session();
    boolean changed = session.version() != asked.version();
    List<News> news = changed ? News.of(session) : List.of();
    if (news.isEmpty()) {
      settle(session.sessionId(), session.version(), session.turnDeadline());
    }
    GameState state = GameState.of(session, games.view(session, null));
    return Json.write(new Applied(state, news));
  }

  /**
   * Puts down what players are to be told; telling it again finds it there. Only then has the
   * version had all that it calls for.
   */
  @FunctionName(GameNames.QUEUE_NOTIFICATIONS)
  public String queueNotifications(@DurableActivityTrigger(name = "news") String json) {
    NewsToQueue asked = Json.read(json, NewsToQueue.class);
    for (News news : asked.news()) {
      notifications.accept(
          Notification.of(news.playerId(), asked.sessionId(), asked.version(), text(news.kind())));
    }
    settle(asked.sessionId(), asked.version(), asked.turnDeadline());
    return Integer.toString(asked.news().size());
  }

  /** An event that is not what its name says does nothing, and must not be tried again. */
  private static GameEvent event(EventToApply asked) {
    try {
      return GameEvents.read(asked.event(), asked.payload());
    } catch (Json.MalformedException | IllegalArgumentException e) {
      LOG.log(
          Level.WARNING,
          "session {0} was sent a malformed {1}: {2}",
          new Object[] {asked.sessionId(), asked.event(), e.getMessage()});
      return new GameEvent.Look();
    }
  }

  /** The orchestration has seen this version, and nothing more is to be done about it. */
  private void settle(UUID sessionId, long version, Instant turnDeadline) {
    sessions.settle(sessionId, version, WakeAt.onceSeen(turnDeadline));
  }

  private static String text(News.Kind kind) {
    return switch (kind) {
      case INVITED -> "invited";
      case GAME_STARTED -> "gameStarted";
      case YOUR_TURN -> "yourTurn";
      case GAME_WON -> "gameWon";
      case GAME_LOST -> "gameLost";
      case GAME_DRAWN -> "gameDrawn";
      case OPPONENT_FORFEITED -> "opponentForfeited";
    };
  }
}
