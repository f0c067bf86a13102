package parley.bench.storm;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Holds a storm against the model, and tells the shortest history of what is wrong. */
final class Judgement {

  private static final Duration CATCHING_UP = Duration.ofSeconds(12);
  private static final int SWEEPS = 5;
  private static final int TOLD = 5;

  private final Aftermath aftermath;
  private final Ledger ledger;
  private final Outages outages;
  private final List<Violation> violations;
  private final long seed;
  private final PrintStream out;

  /**
   * @param violations what has been seen already that must not be
   */
  Judgement(
      Api api,
      Ledger ledger,
      Outages outages,
      List<Violation> violations,
      long seed,
      PrintStream out) {
    aftermath = new Aftermath(api, ledger);
    this.ledger = ledger;
    this.outages = outages;
    this.violations = violations;
    this.seed = seed;
    this.out = out;
  }

  /**
   * Lets the orchestrations catch up, and judges every game.
   *
   * @param seconds how long they were played
   */
  Tally of(List<Game> games, Faults faults, long seconds) throws SQLException, IOException {
    List<Game> behind = games;
    for (int sweep = 0; sweep < SWEEPS && !behind.isEmpty(); sweep++) {
      // Time leaps, so that the sweep comes that finds what was lost in a kill.
      faults.leap();
      behind = aftermath.stragglers(games, CATCHING_UP);
    }
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> kinds = new TreeMap<>();
    for (Violation violation : violations) {
      kinds.merge(violation.kind(), 1, Integer::sum);
      wrong.add(violation.toString());
    }
    behind.forEach(game -> wrong.add("an orchestration is behind: " + game.sessionId()));
    if (ledger.sessions() != games.size()) {
      wrong.add("there are " + ledger.sessions() + " sessions of " + games.size() + " games");
    }
    int moves = 0;
    int told = 0;
    for (Game game : games) {
      Rows rows = aftermath.rows(game);
      moves += rows.moves().size();
      told += rows.told().size();
      Optional<Violation> found = violation(game, rows);
      if (found.isPresent()) {
        kinds.merge(found.get().kind(), 1, Integer::sum);
        wrong.add(tell(game, rows, found.get()));
      }
    }
    kinds.forEach((kind, many) -> out.println(many + " times: " + kind));
    wrong.stream().limit(TOLD).forEach(out::println);
    return Tally.of(games, faults, seconds, moves, told, wrong.size());
  }

  private Optional<Violation> violation(Game game, Rows rows) {
    return Checker.check(rows, game.turnSeconds(), game.history())
        .or(() -> away(game))
        .or(() -> Aftermath.settled(rows))
        .or(() -> Checker.told(rows, game.turnSeconds(), game.history()));
  }

  private Optional<Violation> away(Game game) {
    for (Exchange exchange : game.history()) {
      String wrong = outages.wrong(exchange);
      if (wrong != null) {
        return Optional.of(new Violation(wrong, exchange.toString()));
      }
    }
    return Optional.empty();
  }

  /** The seed, the game, its rows, and the fewest exchanges that are wrong in the same way. */
  private String tell(Game game, Rows rows, Violation violation) {
    Function<List<Exchange>, Optional<Violation>> check =
        fewer -> Checker.check(rows, game.turnSeconds(), fewer);
    List<Exchange> whole = game.history();
    // What the outages or the notifications do not allow needs no other exchange to be wrong.
    List<Exchange> shortest =
        check.apply(whole).isPresent() ? Shrink.around(violation.kind(), whole, check) : List.of();
    StringBuilder text = new StringBuilder();
    text.append("seed %d, game %d, session %s%n".formatted(seed, game.number(), game.sessionId()));
    text.append("  %s%n  the row: %s%n".formatted(violation, rows.session()));
    rows.moves().forEach(move -> text.append("  in the history: %s%n".formatted(move)));
    long zero = shortest.stream().mapToLong(Exchange::sent).min().orElse(0);
    for (Exchange exchange : shortest) {
      text.append(
          "  %9.3f to %9.3f ms  %s%n"
              .formatted(
                  (exchange.sent() - zero) / 1e6, (exchange.answered() - zero) / 1e6, exchange));
    }
    return text.toString();
  }
}
