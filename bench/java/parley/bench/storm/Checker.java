package parley.bench.storm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Whether a game was linearizable: whether each answer is the model's at some one state that the
 * game went through, in an order that does not contradict which answers came before which requests.
 *
 * <p>The rows give the one order of the states. What is left to find is the state at which each
 * exchange took place: taken in the order of sending, each gets the earliest that explains it and
 * is no earlier than what was answered before it was sent. Earlier leaves more to the later ones,
 * so if this finds no place, there is none.
 */
final class Checker {

  private final Chain chain;
  private final List<Exchange> exchanges;
  private final long[] firstSent;

  private Checker(Chain chain, List<Exchange> exchanges) {
    this.chain = chain;
    this.exchanges = exchanges.stream().sorted(Comparator.comparingLong(Exchange::sent)).toList();
    firstSent = new long[chain.states().size()];
  }

  /** The first thing in a game that cannot be, or empty. Who began is found by trying. */
  static Optional<Violation> check(Rows rows, long turnSeconds, List<Exchange> exchanges) {
    Optional<Violation> found = Optional.empty();
    for (String starter : starters(rows, exchanges)) {
      Chain chain = Chain.of(rows, starter, turnSeconds);
      found =
          chain.broken() == null
              ? new Checker(chain, exchanges).run()
              : Optional.of(new Violation("the rows are no game", chain.broken()));
      if (found.isEmpty()) {
        return found;
      }
    }
    return found;
  }

  /** As {@link Aftermath#told}, for whichever player began. */
  static Optional<Violation> told(Rows rows, long turnSeconds, List<Exchange> exchanges) {
    Optional<Violation> found = Optional.empty();
    for (String starter : starters(rows, exchanges)) {
      found = Aftermath.told(rows, Chain.of(rows, starter, turnSeconds));
      if (found.isEmpty()) {
        return found;
      }
    }
    return found;
  }

  /** Who may have moved first: whom an answer showed, else one of the two. */
  private static List<String> starters(Rows rows, List<Exchange> exchanges) {
    Snapshot row = rows.session();
    if (row.o() == null) {
      return List.of(row.x());
    }
    for (Exchange exchange : exchanges) {
      if (exchange.session() != null && exchange.session().version() == 2) {
        return exchange.session().turn() == null
            ? List.of(row.x(), row.o())
            : List.of(exchange.session().turn());
      }
    }
    return List.of(row.x(), row.o());
  }

  private Optional<Violation> run() {
    for (int state = 0; state < firstSent.length; state++) {
      Act act = chain.acts().get(state);
      long sent = act == null ? Long.MIN_VALUE : firstSent(state, act);
      if (sent == Long.MAX_VALUE) {
        return Optional.of(new Violation("nobody sent it", "the rows have " + act));
      }
      firstSent[state] = sent;
    }
    PriorityQueue<Placed> answered =
        new PriorityQueue<>(Comparator.comparingLong(Placed::answered));
    long floor = 1;
    for (Exchange exchange : exchanges) {
      while (!answered.isEmpty() && answered.peek().answered() < exchange.sent()) {
        floor = Math.max(floor, answered.poll().version());
      }
      if (exchange.unanswered()) {
        continue;
      }
      long version = place(exchange, floor);
      if (version == 0) {
        String why = exchange + " after an answer of version " + floor;
        return Optional.of(new Violation("an answer is not explained", why));
      }
      answered.add(new Placed(version, exchange.answered()));
    }
    return Optional.empty();
  }

  private record Placed(long version, long answered) {}

  private long firstSent(int state, Act act) {
    return exchanges.stream()
        .filter(exchange -> madeIt(exchange.act(), act, state))
        .mapToLong(Exchange::sent)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static boolean madeIt(Act sent, Act act, int state) {
    boolean seat = act.kind() == Act.Kind.START || act.kind() == Act.Kind.JOIN;
    if (!seat) {
      return sent.makesTheSameAs(act);
    }
    boolean seats = sent.kind() == Act.Kind.START || (state == 1 && sent.kind() == Act.Kind.JOIN);
    return seats && sent.player().equals(act.player());
  }

  /** The earliest version at which this exchange may have taken place, or 0. */
  private long place(Exchange exchange, long floor) {
    for (long version = floor; version <= chain.states().size(); version++) {
      if (firstSent[(int) version - 1] > exchange.answered()) {
        return 0;
      }
      if (explains(chain.at(version), exchange)) {
        return version;
      }
    }
    return 0;
  }

  private boolean explains(Position at, Exchange exchange) {
    if (exchange.act().raised()) {
      return explainsEvent(at, exchange);
    }
    Model.Verdict verdict = Model.judge(at, exchange.act());
    if (verdict.changes()
        || verdict.status() != exchange.status()
        || !Objects.equals(verdict.type(), exchange.type())) {
      return false;
    }
    if (exchange.moves() != null) {
      return exchange.moves().equals(new ArrayList<>(at.made().keySet()));
    }
    boolean shows =
        exchange.status() < 300 || (exchange.status() == 409 && at.seats(exchange.act().player()));
    return shows ? at.shown().equals(exchange.session()) : exchange.session() == null;
  }

  /**
   * An event that was taken is judged later, at a state that nobody is told: there must be one from
   * here on at which it changes nothing any more. One that finds no orchestration is left to the
   * sweep that makes it; one that finds it finished came to a game that is over.
   */
  private boolean explainsEvent(Position at, Exchange event) {
    return switch (event.status()) {
      case 202 -> {
        boolean settled = false;
        long version = at.shown().version();
        for (long later = version; !settled && later <= chain.states().size(); later++) {
          settled = !Model.judge(chain.at(later), event.act()).changes();
        }
        yield settled;
      }
      case 404 -> true;
      case 410 -> at.shown().over();
      default -> false;
    };
  }
}
