package parley.bench.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What players do at random, wise and foolish, legal or not. */
final class Acts {

  private static final List<String> NONSENSE = List.of("1.5", "\"x\"", "null", "true", "[4]", "{}");
  private static final List<String> OUTSIDE = List.of("9", "-1", "100");

  private final Game game;
  private final RandomGenerator random;
  private final List<Act> sent = new ArrayList<>();

  Acts(Game game, RandomGenerator random) {
    this.game = game;
    this.random = random;
  }

  /** Some acts at once, to be sent in any order. */
  List<Act> some(Snapshot now) {
    List<Act> acts = new ArrayList<>();
    if (now.turn() != null && random.nextInt(10) < 9) {
      acts.add(move(now.turn(), free(now)));
    }
    while (random.nextInt(2) == 0) {
      acts.add(any(now));
    }
    List<Act> ways = new ArrayList<>();
    for (Act act : acts) {
      boolean hasEvent = act.kind() == Act.Kind.MOVE || act.kind() == Act.Kind.FORFEIT;
      ways.add(hasEvent && random.nextInt(6) == 0 ? act.asEvent() : act);
    }
    sent.addAll(ways);
    return ways;
  }

  /** What is asked of a game that is over, or that nobody has joined. */
  List<Act> late(Snapshot now) {
    List<Act> acts = new ArrayList<>(List.of(Act.history(player()), Act.look(player())));
    for (int i = 0; i < 3; i++) {
      acts.add(any(now));
    }
    return acts;
  }

  private Act any(Snapshot now) {
    return switch (random.nextInt(24)) {
      case 0, 1, 2, 3 -> move(player(), free(now));
      case 4, 5 -> move(player(), String.valueOf(random.nextInt(9)));
      case 6 -> move(player(), OUTSIDE.get(random.nextInt(OUTSIDE.size())));
      case 7 -> move(player(), NONSENSE.get(random.nextInt(NONSENSE.size())));
      case 8 -> move(player(), null);
      case 9, 10 -> move(stranger(), free(now));
      case 11 -> random.nextInt(3) == 0 ? Act.forfeit(player(), id()) : Act.look(player());
      case 12 -> Act.forfeit(stranger(), id());
      case 13, 14 -> again();
      case 15 -> reused(now);
      case 16 -> Act.cancel(player());
      case 17 -> Act.cancel(stranger());
      case 18 -> Act.join(player(), null);
      case 19 -> now.o() == null ? Act.look(stranger()) : Act.join(stranger(), null);
      case 20 -> Act.look(stranger());
      case 21 -> Act.history(random.nextInt(3) == 0 ? stranger() : player());
      default -> Act.look(player());
    };
  }

  /** What was sent before, late. */
  private Act again() {
    return sent.isEmpty() ? Act.look(player()) : sent.get(random.nextInt(sent.size()));
  }

  /** Another move under an id that has been sent. */
  private Act reused(Snapshot now) {
    List<Act> moves = sent.stream().filter(act -> act.moveId() != null).toList();
    if (moves.isEmpty()) {
      return Act.look(player());
    }
    Act before = moves.get(random.nextInt(moves.size()));
    return random.nextInt(4) == 0
        ? Act.forfeit(player(), before.moveId())
        : Act.move(player(), before.moveId(), free(now));
  }

  private Act move(String player, String cell) {
    return Act.move(player, id(), cell);
  }

  private String free(Snapshot now) {
    int[] free = now.board().chars().filter(piece -> piece == '-').map(piece -> 1).toArray();
    int nth = free.length == 0 ? 0 : random.nextInt(free.length);
    int at = now.board().indexOf('-');
    for (int i = 0; i < nth; i++) {
      at = now.board().indexOf('-', at + 1);
    }
    return String.valueOf(Math.max(0, at));
  }

  private String player() {
    return game.player(random.nextInt(2)).id();
  }

  private String stranger() {
    return game.player(2).id();
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
