package parley.game;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import parley.game.OpenSessions.Started;
import parley.game.SessionRows.Table;
import parley.game.rules.GameEvent;
import parley.game.rules.GameRules;
import parley.game.rules.GameSession;
import parley.game.rules.GameSession.Invitation;
import parley.game.rules.Move;
import parley.game.rules.Turn;
import parley.game.rules.Turn.Accepted;
import parley.game.rules.Turn.Reason;
import parley.game.rules.Turn.Refused;
import parley.game.rules.Turn.Repeated;
import parley.platform.Problem;

/**
 * Does things to sessions: loads the row, has the pure rules judge, and writes the next version.
 * Requests and orchestrations both come through here, so that one rule holds for both.
 */
public final class Games {

  /** Enough for any number of players of one game; every loss means that another has won. */
  private static final int TRIES = 50;

  private static final String CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CODE_LENGTH = 8;

  private final DataClient data;
  private final OpenSessions openSessions;
  private final Map<String, GameRules> rules;
  private final RandomGenerator random;
  private final Clock clock;

  public Games(
      DataClient data,
      OpenSessions openSessions,
      Collection<GameRules> rules,
      RandomGenerator random,
      Clock clock) {
    this.data = data;
    this.openSessions = openSessions;
    this.rules = rules.stream().collect(Collectors.toMap(GameRules::game, Function.identity()));
    this.random = random;
    this.clock = clock;
  }

  /**
   * What became of an event.
   *
   * @param session the session as it stands now, whoever has written it
   * @param committed whether something was written: what was asked, or a deadline that had passed
   */
  record Judged(Turn turn, GameSession session, boolean committed) {}

  /**
   * Applies an event to a session and commits what comes of it. If the row has moved on meanwhile,
   * the event is judged again on the new row. A deadline that has passed is committed first.
   *
   * @return empty if there is no such session
   */
  Optional<Judged> apply(UUID sessionId, GameEvent event) {
    Move move = event.recorded();
    UUID moveId = move == null ? null : move.moveId();
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Table> table = data.load(sessionId, moveId);
      if (table.isEmpty()) {
        return Optional.empty();
      }
      GameSession session = table.get().session();
      Instant now = now();
      Optional<GameSession> timedOut = session.timedOut(now);
      if (timedOut.isPresent()) {
        if (!data.save(session, timedOut.get(), null)) {
          continue;
        }
        session = timedOut.get();
      }
      Turn turn = judge(session, table.get().earlier(), event, now);
      if (!(turn instanceof Accepted accepted)) {
        return Optional.of(new Judged(turn, session, timedOut.isPresent()));
      }
      if (data.save(session, accepted.session(), move)) {
        return Optional.of(new Judged(turn, accepted.session(), true));
      }
    }
    throw Problem.unavailable("the session").exception();
  }

  /** A session as it stands; a deadline that has passed is committed first. */
  Optional<GameSession> look(UUID sessionId) {
    Optional<GameSession> session = data.load(sessionId, null).map(Table::session);
    boolean late = session.flatMap(found -> found.timedOut(now())).isPresent();
    return late ? apply(sessionId, new GameEvent.Look()).map(Judged::session) : session;
  }

  /**
   * Joins the oldest open session that fits, or opens one.
   *
   * @param settings canonical, and found right by {@link #settingsRefusal}
   * @param opponentId the only one who may join without a code; null for anybody
   * @param inviteOnly true if the others need the code that the session then gets
   */
  Started start(
      UUID playerId,
      String game,
      Map<String, Object> settings,
      UUID opponentId,
      boolean inviteOnly,
      Idempotency idempotency) {
    GameRules played = rules(game);
    String name = data.playerName(playerId).orElseThrow(() -> Problem.unknownPlayer().exception());
    Invitation invitation = new Invitation(opponentId, inviteOnly ? newInviteCode() : null);
    GameSession fresh =
        GameSession.open(UUID.randomUUID(), played, settings, playerId, name, invitation, now());
    return openSessions.start(
        fresh,
        open -> {
          // The bucket may have been waited for, and the first turn begins now.
          Turn turn = open.join(played, playerId, name, null, random.nextInt(2), now());
          if (turn instanceof Accepted accepted) {
            return accepted.session();
          }
          throw new IllegalStateException("an open session refused a player: " + turn);
        },
        idempotency);
  }

  /** What is wrong with the settings of a game, or empty. */
  Optional<Refused> settingsRefusal(String game, Map<String, Object> settings) {
    return rules(game).settingsRefusal(settings);
  }

  boolean knows(String game) {
    return rules.containsKey(game);
  }

  /** The session as that player may see it. */
  SessionView view(GameSession session, UUID viewerId) {
    return SessionView.of(session, rules(session.game()), viewerId);
  }

  private Turn judge(GameSession session, Move earlier, GameEvent event, Instant now) {
    GameRules played = rules(session.game());
    Move move = event.recorded();
    if (earlier != null && session.seats(move.playerId())) {
      return earlier.equals(move)
          ? new Repeated(session)
          : new Refused(Reason.MOVE_ID_REUSED, "this moveId belongs to another move");
    }
    if (event instanceof GameEvent.TakeTurn turn) {
      return session.play(played, turn.move(), now);
    }
    if (event instanceof GameEvent.Forfeit forfeit) {
      return session.forfeit(forfeit.move().playerId(), now);
    }
    if (event instanceof GameEvent.Cancel cancel) {
      return session.cancel(cancel.playerId(), now);
    }
    if (event instanceof GameEvent.AddPlayer add) {
      return join(session, played, add, now);
    }
    return new Repeated(session);
  }

  private Turn join(GameSession session, GameRules played, GameEvent.AddPlayer add, Instant now) {
    Optional<String> name = data.playerName(add.playerId());
    if (name.isEmpty()) {
      return new Refused(Reason.NOT_A_PLAYER, "there is no such player");
    }
    String code = add.vouched() ? session.inviteCode() : add.code();
    int starter = random.nextInt(2);
    return session.join(played, add.playerId(), name.get(), code, starter, now);
  }

  private GameRules rules(String game) {
    GameRules found = rules.get(game);
    if (found == null) {
      throw new IllegalStateException("no rules are registered for " + game);
    }
    return found;
  }

  private String newInviteCode() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < CODE_LENGTH; i++) {
      code.append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
    }
    return code.toString();
  }

  /** To the millisecond, as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
