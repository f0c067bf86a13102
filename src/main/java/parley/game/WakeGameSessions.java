package parley.game;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import parley.game.DueSessions.Due;
import parley.platform.Orchestrations;

/**
 * The sweep: wakes the orchestrations of sessions that were written and not seen, or whose deadline
 * passed without effect. What it does not get through comes up again a minute later.
 */
public final class WakeGameSessions {

  private static final int MOST = 500;
  private static final Duration AGAIN = Duration.ofSeconds(60);

  /** Shorter than the schedule: the next sweep goes on where this one stops. */
  private static final Duration LONGEST = Duration.ofSeconds(45);

  private final DueSessions sessions;
  private final Orchestrations orchestrations;
  private final Clock clock;

  public WakeGameSessions(DueSessions sessions, Orchestrations orchestrations, Clock clock) {
    this.sessions = sessions;
    this.orchestrations = orchestrations;
    this.clock = clock;
  }

  @FunctionName("WakeGameSessions")
  public void wakeGameSessions(
      @TimerTrigger(name = "timer", schedule = "%WAKE_GAME_SESSIONS_SCHEDULE%") String timer,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    Instant now = clock.instant();
    for (Due due : sessions.take(now, now.plus(AGAIN), MOST)) {
      boolean answered =
          orchestrations.raiseOrStart(
              durable,
              GameNames.GAME_ORCHESTRATOR,
              due.sessionId().toString(),
              new GameNames.StartGame(),
              GameNames.WAKE,
              new GameNames.Wake(due.version()));
      if (!answered || clock.instant().isAfter(now.plus(LONGEST))) {
        return;
      }
    }
  }
}
