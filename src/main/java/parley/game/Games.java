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
import parley.game.SessionRows.Row;
import parley.game.SessionWrites.Written;
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
    return apply(sessionId, event, Long.MAX_VALUE);
  }

  /**
   * Applies an event unless a request has done so before.
   *
   * @param committedAs the version that the request brought the session to: a session that has come
   *     so far is only looked at
   */
  Optional<Judged> apply(UUID sessionId, GameEvent event, long committedAs) {
    Optional<Judged> soon = data.recent(sessionId).flatMap(row -> soon(row, event, committedAs));
    if (soon.isPresent()) {
      return soon;
    }
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Row> row = data.load(sessionId);
      if (row.isEmpty()) {
        return Optional.empty();
      }
      boolean committed = row.get().session().version() >= committedAs;
      GameEvent left = committed ? new GameEvent.Look() : event;
      Optional<Judged> judged = attempt(row.get(), left);
      if (judged.isPresent()) {
        return judged;
      }
    }
    throw Problem.unavailable("the session").exception();
  }

  /** A session as it stands; a deadline that has passed is committed first. */
  Optional<GameSession> look(UUID sessionId) {
    Optional<GameSession> session = data.load(sessionId).map(Row::session);
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
    Invitation invitation =
        new Invitation(opponentId, inviteOnly ? InviteCodes.next(random) : null);
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

  /**
   * A session as somebody who is told of it may see it.
   *
   * @param opponent the name of who plays against that player; empty if nobody does
   * @param view what the player may see
   */
  public record Seen(long version, String opponent, Object view) {}

  /** A session as a player may see it who is told of it; empty if there is none. */
  public Optional<Seen> seen(UUID sessionId, UUID playerId) {
    return data.load(sessionId)
        .map(Row::session)
        .map(
            session ->
                new Seen(
                    session.version(),
                    session.players().stream()
                        .filter(player -> !player.playerId().equals(playerId))
                        .map(GameSession.Player::name)
                        .findFirst()
                        .orElse(""),
                    view(session, playerId)));
  }

  /** What can be said and done without a look at the row; empty if nothing can. */
  private Optional<Judged> soon(Row recent, GameEvent event, long committedAs) {
    GameSession session = recent.session();
    return session.version() >= committedAs
        ? Optional.of(new Judged(new Repeated(session), session, false))
        : accept(recent, event, now());
  }

  /** Commits an event if it is legal; empty if it is not, or the row has moved on meanwhile. */
  private Optional<Judged> accept(Row row, GameEvent event, Instant now) {
    return row.session().timedOut(now).isEmpty()
            && judge(row.session(), event, now) instanceof Accepted accepted
        ? commit(row, accepted, event.recorded())
        : Optional.empty();
  }

  /** Commits what was accepted; empty if the row has moved on meanwhile. */
  private Optional<Judged> commit(Row row, Accepted accepted, Move move) {
    return switch (data.save(row, accepted.session(), move)) {
      case DONE -> Optional.of(new Judged(accepted, accepted.session(), true));
      case OUTRUN -> Optional.empty();
      case MOVE_ID_TAKEN -> madeBefore(row, move, false);
    };
  }

  /** Applies an event to a row as it was read; empty if the row has moved on meanwhile. */
  private Optional<Judged> attempt(Row row, GameEvent event) {
    Instant now = now();
    Move move = event.recorded();
    Optional<GameSession> timedOut = row.session().timedOut(now);
    if (timedOut.isPresent() && data.save(row, timedOut.get(), null) != Written.DONE) {
      return Optional.empty();
    }
    GameSession session = timedOut.orElse(row.session());
    Turn turn = judge(session, event, now);
    if (turn instanceof Accepted accepted) {
      return commit(row, accepted, move);
    }
    return madeBefore(row, move, timedOut.isPresent())
        .or(() -> Optional.of(new Judged(turn, session, timedOut.isPresent())));
  }

  /** What it comes to that a session has a move under this id; empty if it has none. */
  private Optional<Judged> madeBefore(Row row, Move move, boolean committed) {
    if (move == null || !row.session().seats(move.playerId())) {
      return Optional.empty();
    }
    return data.move(row, move.moveId())
        .map(
            earlier -> {
              // Read after the move was found, so that what is answered has it.
              UUID sessionId = row.session().sessionId();
              GameSession session = data.load(sessionId).orElseThrow().session();
              Turn turn =
                  earlier.equals(move)
                      ? new Repeated(session)
                      : new Refused(Reason.MOVE_ID_REUSED, "this moveId belongs to another move");
              return new Judged(turn, session, committed);
            });
  }

  private Turn judge(GameSession session, GameEvent event, Instant now) {
    GameRules played = rules(session.game());
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

  /** To the millisecond, as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
