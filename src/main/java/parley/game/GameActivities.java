package parley.game;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableActivityTrigger;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.game.GameState.Applied;
import parley.game.GameState.EventToApply;
import parley.game.Games.Judged;
import parley.game.rules.GameEvent;
import parley.game.rules.GameSession;
import parley.game.rules.News;
import parley.game.rules.News.Kind;
import parley.game.rules.Turn.Refused;
import parley.notifications.Notification;
import parley.platform.Json;

/** What a game's orchestration has done for it. It may be done twice and comes to the same. */
public final class GameActivities {

  private static final Logger LOG = Logger.getLogger(GameActivities.class.getName());

  private final Games games;
  private final DueSessions sessions;
  private final BiConsumer<DurableClientContext, List<Notification>> notifications;
  private final Duration expiring;
  private final Clock clock;

  /**
   * @param notifications takes what players are to be told, once for each id
   * @param expiring how long before a deadline its player is reminded
   */
  public GameActivities(
      Games games,
      DueSessions sessions,
      BiConsumer<DurableClientContext, List<Notification>> notifications,
      Duration expiring,
      Clock clock) {
    this.games = games;
    this.sessions = sessions;
    this.notifications = notifications;
    this.expiring = expiring;
    this.clock = clock;
  }

  /**
   * Applies one event, puts down what players are to be told of the version that the session has
   * now, and answers how it stands.
   */
  @FunctionName(GameNames.APPLY_EVENT)
  public String applyEvent(
      @DurableActivityTrigger(name = "event") String json,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    EventToApply asked = Json.read(json, EventToApply.class);
    Optional<Judged> judged =
        games.apply(
            asked.sessionId(),
            event(asked),
            GameEvents.version(asked.payload()).orElse(Long.MAX_VALUE));
    if (judged.isEmpty()) {
      return Json.write(new Applied(null));
    }
    if (judged.get().turn() instanceof Refused refused) {
      LOG.log(
          Level.INFO,
          "session {0} refused {1}: {2}",
          new Object[] {asked.sessionId(), asked.event(), refused.reason()});
    }
    GameSession session = judged.get().session();
    if (session.version() != asked.version()) {
      tell(durable, session, News.of(session));
    }
    Optional<Instant> reminder = session.reminder(expiring);
    boolean due = reminder.filter(at -> !clock.instant().isBefore(at)).isPresent();
    if (due) {
      tell(durable, session, List.of(new News(session.currentPlayerId(), Kind.TURN_EXPIRING)));
    }
    // Only now has the version had all that it calls for.
    sessions.settle(
        session.sessionId(), session.version(), WakeAt.onceSeen(session.turnDeadline()));
    return Json.write(
        new Applied(
            GameState.of(session, games.view(session, null), due ? null : reminder.orElse(null))));
  }

  private void tell(DurableClientContext durable, GameSession session, List<News> all) {
    notifications.accept(
        durable,
        all.stream()
            .map(
                news ->
                    Notification.of(
                        news.playerId(), session.sessionId(), session.version(), text(news.kind())))
            .toList());
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

  private static String text(Kind kind) {
    return switch (kind) {
      case INVITED -> "invited";
      case GAME_STARTED -> "gameStarted";
      case YOUR_TURN -> "yourTurn";
      case GAME_WON -> "gameWon";
      case GAME_LOST -> "gameLost";
      case GAME_DRAWN -> "gameDrawn";
      case OPPONENT_FORFEITED -> "opponentForfeited";
      case TURN_EXPIRING -> "turnExpiring";
    };
  }
}
