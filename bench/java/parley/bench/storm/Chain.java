package parley.bench.storm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A game as the rows tell it: each state that it was in, from version 1, and what made it.
 *
 * @param acts what made each state; null for what time alone did
 * @param broken why the rows are no legal game, or null
 */
record Chain(List<Position> states, List<Act> acts, String broken) {

  Position at(long version) {
    return version < 1 || version > states.size() ? null : states.get((int) version - 1);
  }

  /**
   * Plays the rows again.
   *
   * @param turnSeconds the game's time for a turn
   */
  static Chain of(Rows rows, String starter, long turnSeconds) {
    Replay replay = new Replay(rows, starter, turnSeconds);
    replay.run();
    return new Chain(replay.states, replay.acts, replay.broken);
  }

  private static final class Replay {
    private final Rows rows;
    private final long turnSeconds;
    private final List<Position> states = new ArrayList<>();
    private final List<Act> acts = new ArrayList<>();
    private Instant deadline;
    private String broken;

    Replay(Rows rows, String starter, long turnSeconds) {
      this.rows = rows;
      this.turnSeconds = turnSeconds;
      Snapshot row = rows.session();
      states.add(Position.open(row.x(), starter, rows.invited(), rows.code()));
      acts.add(Act.start(row.x()));
    }

    void run() {
      Snapshot row = rows.session();
      if (row.o() != null) {
        // How the second player came in does not show in the rows; the answers tell.
        step(Act.join(row.o(), null).asEvent(), rows.joined());
      }
      for (Rows.Played played : rows.moves()) {
        if (broken == null && played.version() != acts.size() + 1) {
          broken = "the move after version " + acts.size() + " has led to " + played.version();
        }
        step(played.act(), played.at());
      }
      if ("timeout".equals(row.end())) {
        timeOut();
      }
      if ("cancelled".equals(row.end())) {
        step(Act.cancel(row.x()), rows.updated());
      }
      Snapshot last = states.get(states.size() - 1).shown();
      if (broken == null && !last.equals(row)) {
        broken = "the history leads to " + last + ", the row is " + row;
      }
    }

    private void step(Act act, Instant at) {
      if (broken != null) {
        return;
      }
      Position before = states.get(states.size() - 1);
      Model.Verdict verdict = Model.judge(before, act);
      if (!verdict.changes()) {
        broken = "the rows have " + act + " after " + before.shown() + ": " + verdict;
      } else if (deadline != null && !at.isBefore(deadline)) {
        broken = "the rows have " + act + " at " + at + ", after the deadline " + deadline;
      } else {
        states.add(verdict.next());
        acts.add(act);
        deadline = at.plusSeconds(turnSeconds);
      }
    }

    private void timeOut() {
      Position before = states.get(states.size() - 1);
      String late = before.shown().turn();
      if (broken == null && late == null) {
        broken = "a game timed out in which it was nobody's turn: " + before.shown();
      } else if (broken == null && rows.updated().isBefore(deadline)) {
        broken = "a game timed out at " + rows.updated() + ", before the deadline " + deadline;
      } else if (broken == null) {
        states.add(before.ended("timeout", before.other(late)));
        acts.add(null);
      }
    }
  }
}
