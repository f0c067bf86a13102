package parley.bench.storm;

import java.util.List;

/**
 * What a storm came to.
 *
 * @param requests how many copies were sent
 * @param unanswered how many of them found nobody, or a 503
 * @param moves how many rows the histories have
 * @param wrong how much was not as the model says; 0 if all is well
 */
public record Tally(
    int games,
    int completed,
    long requests,
    long unanswered,
    int moves,
    int told,
    int kills,
    int leaps,
    long seconds,
    int wrong) {

  static Tally of(List<Game> games, Faults faults, long seconds, int moves, int told, int wrong) {
    List<Exchange> all = games.stream().flatMap(game -> game.history().stream()).toList();
    return new Tally(
        games.size(),
        (int) games.stream().filter(game -> game.newest().over()).count(),
        all.size(),
        all.stream().filter(Exchange::unanswered).count(),
        moves,
        told,
        faults.kills(),
        faults.leaps(),
        seconds,
        wrong);
  }

  /** Whether everything was as the model says. */
  public boolean holds() {
    return wrong == 0;
  }

  @Override
  public String toString() {
    return String.format(
        "games %,d, of which played to the end %,d; kills %,d, leaps in time %,d, in %,d s%n"
            + "requests %,d, of which without an answer of the game %,d%n"
            + "moves in the rows %,d, notifications %,d%n"
            + "wrong %,d",
        games, completed, kills, leaps, seconds, requests, unanswered, moves, told, wrong);
  }
}
