package parley.bench.storm;

/**
 * The rules as the README and the design tell them, written without a look at the app's: what the
 * answer to an act must be, by the state that it finds.
 */
final class Model {

  /**
   * What an act comes to.
   *
   * @param status of the answer to a request
   * @param type of the problem, or null
   * @param next the state after it; null if it changes nothing
   */
  record Verdict(int status, String type, Position next) {

    boolean changes() {
      return next != null;
    }
  }

  private static final Verdict FINE = new Verdict(200, null, null);
  private static final Verdict CREATED = new Verdict(201, null, null);
  private static final Verdict FORBIDDEN = refused(403, "forbidden");
  private static final Verdict MALFORMED = refused(400, "malformed");
  private static final Verdict OVER = refused(409, "game-over");

  private Model() {}

  static Verdict judge(Position at, Act act) {
    return switch (act.kind()) {
      case START -> start(at, act.player());
      case JOIN -> join(at, act);
      case MOVE -> move(at, act);
      case FORFEIT -> forfeit(at, act);
      case CANCEL -> cancel(at, act.player());
      case LOOK, HISTORY ->
          at.seats(act.player()) || act.player().equals(at.invited()) ? FINE : FORBIDDEN;
    };
  }

  private static Verdict start(Position at, String player) {
    if (player.equals(at.shown().x())) {
      return CREATED;
    }
    return player.equals(at.shown().o()) ? FINE : FORBIDDEN;
  }

  private static Verdict join(Position at, Act act) {
    String player = act.player();
    if (at.seats(player)) {
      return FINE;
    }
    if (at.shown().over()) {
      return OVER;
    }
    if (at.shown().o() != null) {
      return refused(409, "already-full");
    }
    boolean open = at.invited() == null && at.code() == null;
    boolean knowsCode = at.code() != null && at.code().equals(act.code());
    boolean welcome = open || knowsCode || player.equals(at.invited()) || act.raised();
    return welcome ? accepted(at.joined(player)) : FORBIDDEN;
  }

  private static Verdict move(Position at, Act act) {
    if (act.cell() == null) {
      return MALFORMED;
    }
    if (!at.seats(act.player())) {
      return FORBIDDEN;
    }
    Act earlier = at.made().get(act.moveId());
    if (earlier != null) {
      return earlier.makesTheSameAs(act) ? FINE : refused(422, "move-id-reused");
    }
    if (!act.cell().matches("-?\\d+")) {
      return MALFORMED;
    }
    Verdict idle = idle(at);
    if (idle != null) {
      return idle;
    }
    if (!act.player().equals(at.shown().turn())) {
      return refused(409, "not-your-turn");
    }
    int cell = Integer.parseInt(act.cell());
    boolean legal = cell >= 0 && cell <= 8 && at.shown().board().charAt(cell) == '-';
    return legal ? accepted(at.played(act, cell)) : refused(422, "illegal-move");
  }

  private static Verdict forfeit(Position at, Act act) {
    if (!at.seats(act.player())) {
      return FORBIDDEN;
    }
    Act earlier = at.made().get(act.moveId());
    if (earlier != null) {
      return earlier.makesTheSameAs(act) ? FINE : refused(422, "move-id-reused");
    }
    Verdict idle = idle(at);
    return idle != null
        ? idle
        : accepted(at.ended("forfeit", at.other(act.player())).recorded(act));
  }

  private static Verdict cancel(Position at, String player) {
    if (!player.equals(at.shown().x())) {
      return FORBIDDEN;
    }
    if ("cancelled".equals(at.shown().end())) {
      return FINE;
    }
    if (at.shown().over()) {
      return OVER;
    }
    return at.shown().o() == null
        ? accepted(at.ended("cancelled", null))
        : refused(409, "already-started");
  }

  /** Why nothing can be played now, or null. */
  private static Verdict idle(Position at) {
    if (at.shown().over()) {
      return OVER;
    }
    return at.shown().o() == null ? refused(409, "not-started") : null;
  }

  private static Verdict accepted(Position next) {
    return new Verdict(200, null, next);
  }

  private static Verdict refused(int status, String type) {
    return new Verdict(status, type, null);
  }
}
