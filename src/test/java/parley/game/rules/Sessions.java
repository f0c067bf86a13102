package parley.game.rules;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import parley.game.rules.GameSession.Invitation;
import parley.game.rules.Turn.Accepted;
import parley.game.rules.Turn.Refused;
import parley.game.rules.tictactoe.TicTacToe;

/** Sessions to test with: Ada opens them and has X, Bob joins. */
public final class Sessions {

  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  public static final UUID ADA = UUID.fromString("00000000-0000-4000-8000-00000000000a");
  public static final UUID BOB = UUID.fromString("00000000-0000-4000-8000-00000000000b");
  public static final UUID EVE = UUID.fromString("00000000-0000-4000-8000-00000000000e");
  public static final GameRules RULES = new TicTacToe();

  private Sessions() {}

  public static GameSession open() {
    return open(Map.of(), new Invitation(null, null));
  }

  public static GameSession open(Map<String, Object> settings, Invitation invitation) {
    UUID id = UUID.fromString("00000000-0000-4000-8000-000000000001");
    return GameSession.open(id, RULES, settings, ADA, "Ada", invitation, START);
  }

  /** Both sit, and Ada moves first. */
  public static GameSession started() {
    return accepted(open().join(RULES, BOB, "Bob", null, 0, START));
  }

  /** Started, and then these cells taken in turn. */
  public static GameSession played(int... cells) {
    GameSession session = started();
    for (int cell : cells) {
      session = accepted(session.play(RULES, move(session.currentPlayerId(), cell), START));
    }
    return session;
  }

  public static Move move(UUID playerId, Object cell) {
    return new Move(UUID.randomUUID(), playerId, Map.of("cell", cell));
  }

  public static GameSession accepted(Turn turn) {
    if (turn instanceof Accepted accepted) {
      return accepted.session();
    }
    throw new AssertionError("not accepted: " + turn);
  }

  public static Turn.Reason refused(Turn turn) {
    if (turn instanceof Refused refused) {
      return refused.reason();
    }
    throw new AssertionError("not refused: " + turn);
  }
}
