package parley.game;

import java.util.List;

/**
 * The names that outlive a deployment, because running orchestrations hold them: functions, events,
 * and the start record of a game's orchestration.
 */
public final class GameNames {

  public static final String GAME_ORCHESTRATOR = "GameOrchestrator";
  public static final String APPLY_EVENT = "ApplyEvent";

  public static final String TAKE_TURN = "takeTurn";
  public static final String FORFEIT = "forfeit";
  public static final String ADD_PLAYER = "addPlayer";
  public static final String WAKE = "wake";

  /** Every event that a game's orchestration waits for, in the order in which it looks at them. */
  static final List<String> EVENTS = List.of(TAKE_TURN, FORFEIT, ADD_PLAYER, WAKE);

  private GameNames() {}

  /** What an orchestration begins with: nothing, for it loads the row. */
  public record StartGame() {}

  /** Wakes an orchestration up. */
  public record Wake(long version) {}
}
