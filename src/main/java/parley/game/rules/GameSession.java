package parley.game.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import parley.game.rules.GameRules.Outcome;
import parley.game.rules.GameRules.Position;
import parley.game.rules.Turn.Accepted;
import parley.game.rules.Turn.Reason;
import parley.game.rules.Turn.Refused;
import parley.game.rules.Turn.Repeated;

/**
 * One game between two players, from the first seat taken to the end. It does not change: what is
 * done to it makes the next version of it, and times are passed in.
 *
 * @param settings what the studio put there, and {@code turnSeconds}
 * @param currentPlayerId who moves; null unless in progress
 * @param turnDeadline when the current player has lost; null unless in progress
 * @param invitedPlayerId the only one who may take the free seat without the code; null = anybody
 * @param inviteCode opens the free seat to whoever knows it; null = no code is needed
 * @param version counts the changes, from 1
 */
public record GameSession(
    UUID sessionId,
    String game,
    Map<String, Object> settings,
    Status status,
    List<Player> players,
    Position position,
    UUID currentPlayerId,
    UUID winnerId,
    EndReason endReason,
    Instant turnDeadline,
    UUID invitedPlayerId,
    String inviteCode,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** How far a session has come; the order is the database's. */
  public enum Status {
    MATCHMAKING,
    IN_PROGRESS,
    COMPLETED
  }

  /** Why a session is over. */
  public enum EndReason {
    WIN,
    DRAW,
    FORFEIT,
    TIMEOUT,
    CANCELLED
  }

  /** Who sits where. */
  public record Player(UUID playerId, String name, String seat) {}

  /** Who may take the free seat: with neither, anybody. */
  public record Invitation(UUID invitedPlayerId, String inviteCode) {}

  /** Opens a session whose creator has the first seat. */
  public static GameSession open(
      UUID sessionId,
      GameRules rules,
      Map<String, Object> settings,
      UUID creatorId,
      String creatorName,
      Invitation invitation,
      Instant now) {
    return new GameSession(
        sessionId,
        rules.game(),
        settings,
        Status.MATCHMAKING,
        List.of(new Player(creatorId, creatorName, rules.seats().get(0))),
        rules.initial(settings),
        null,
        null,
        null,
        null,
        invitation.invitedPlayerId(),
        invitation.inviteCode(),
        1,
        now,
        now);
  }

  /**
   * Takes the free seat, which starts the game.
   *
   * @param code the invite code that the player showed, or null
   * @param starter 0 or 1, drawn at random: whose turn is the first
   */
  public Turn join(
      GameRules rules, UUID playerId, String name, String code, int starter, Instant now) {
    if (seats(playerId)) {
      return new Repeated(this);
    }
    if (over()) {
      return gameOver();
    }
    if (status != Status.MATCHMAKING) {
      return new Refused(Reason.ALREADY_FULL, "both seats are taken");
    }
    if (!invites(playerId, code)) {
      return new Refused(Reason.NOT_INVITED, "this seat is kept for somebody else");
    }
    Player joined = new Player(playerId, name, rules.seats().get(1));
    List<Player> seated = Stream.concat(players.stream(), Stream.of(joined)).toList();
    UUID first = seated.get(starter).playerId();
    return new Accepted(new NextVersion(this, now).players(seated).turnOf(first).done());
  }

  /** Makes a move of the game. */
  public Turn play(GameRules rules, Move move, Instant now) {
    Optional<Player> mover = player(move.playerId());
    if (mover.isEmpty()) {
      return notAPlayer();
    }
    String seat = mover.get().seat();
    Optional<Refused> refusal = rules.refusal(position, seat, move.move());
    if (refusal.isPresent() && refusal.get().reason() == Reason.MALFORMED) {
      return refusal.get();
    }
    if (over()) {
      return gameOver();
    }
    if (status == Status.MATCHMAKING) {
      return notStarted();
    }
    if (!move.playerId().equals(currentPlayerId)) {
      return new Refused(Reason.NOT_YOUR_TURN, "the other player moves");
    }
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Position after = rules.apply(position, seat, move.move());
    Optional<Outcome> outcome = rules.over(after);
    NextVersion next = new NextVersion(this, now).position(after);
    if (outcome.isEmpty()) {
      return new Accepted(next.turnOf(inSeat(rules.next(after, seat))).done());
    }
    UUID winner = outcome.get().winner() == null ? null : inSeat(outcome.get().winner());
    return new Accepted(next.end(winner == null ? EndReason.DRAW : EndReason.WIN, winner).done());
  }

  /** Gives up, in or out of turn. */
  public Turn forfeit(UUID playerId, Instant now) {
    if (!seats(playerId)) {
      return notAPlayer();
    }
    if (over()) {
      return gameOver();
    }
    if (status == Status.MATCHMAKING) {
      return notStarted();
    }
    return new Accepted(
        new NextVersion(this, now).end(EndReason.FORFEIT, opponentOf(playerId)).done());
  }

  /** Withdraws a session that nobody has joined. */
  public Turn cancel(UUID playerId, Instant now) {
    if (!seats(playerId) || !players.get(0).playerId().equals(playerId)) {
      return new Refused(Reason.NOT_THE_CREATOR, "only its creator may withdraw a session");
    }
    if (endReason == EndReason.CANCELLED) {
      return new Repeated(this);
    }
    if (over()) {
      return gameOver();
    }
    if (status == Status.IN_PROGRESS) {
      return new Refused(Reason.ALREADY_STARTED, "the game has begun; give up instead");
    }
    return new Accepted(new NextVersion(this, now).end(EndReason.CANCELLED, null).done());
  }

  /** What the passing of time has made of the session: lost by the player who let it pass. */
  public Optional<GameSession> timedOut(Instant now) {
    if (status != Status.IN_PROGRESS || now.isBefore(turnDeadline)) {
      return Optional.empty();
    }
    return Optional.of(
        new NextVersion(this, now).end(EndReason.TIMEOUT, opponentOf(currentPlayerId)).done());
  }

  public boolean over() {
    return status == Status.COMPLETED;
  }

  /** Whether nothing has happened yet but that its seats were taken, a version for each. */
  public boolean untouched() {
    return version == players.size();
  }

  public boolean seats(UUID playerId) {
    return player(playerId).isPresent();
  }

  public Optional<Player> player(UUID playerId) {
    return players.stream().filter(player -> player.playerId().equals(playerId)).findFirst();
  }

  /** The other player; null while there is none. */
  public UUID opponentOf(UUID playerId) {
    return players.stream()
        .map(Player::playerId)
        .filter(id -> !id.equals(playerId))
        .findFirst()
        .orElse(null);
  }

  private boolean invites(UUID playerId, String code) {
    boolean open = invitedPlayerId == null && inviteCode == null;
    boolean knowsCode = inviteCode != null && inviteCode.equals(code);
    return open || playerId.equals(invitedPlayerId) || knowsCode;
  }

  private UUID inSeat(String seat) {
    return players.stream()
        .filter(player -> player.seat().equals(seat))
        .map(Player::playerId)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody sits at " + seat));
  }

  private static Turn gameOver() {
    return new Refused(Reason.GAME_OVER, "the game is over");
  }

  private static Turn notStarted() {
    return new Refused(Reason.NOT_STARTED, "nobody has joined yet");
  }

  private static Turn notAPlayer() {
    return new Refused(Reason.NOT_A_PLAYER, "you do not play in this session");
  }

  /**
   * When the player whose turn it is may be reminded of the deadline: so long before it. Empty if
   * nobody's turn is running, or a turn has less than twice as long.
   */
  public Optional<Instant> reminder(Duration lead) {
    return Optional.ofNullable(turnDeadline)
        .filter(deadline -> lead.multipliedBy(2).compareTo(TurnTime.of(settings)) <= 0)
        .map(deadline -> deadline.minus(lead));
  }
}
