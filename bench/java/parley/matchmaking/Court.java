package parley.matchmaking;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hears what scripts have answered, puts it in the order in which they ran, and holds each answer
 * against the model, and against what must be true whatever the model says. The first that is wrong
 * ends it: after that the model knows no more.
 */
final class Court {

  private static final int REMEMBERED = 50_000;
  private static final int TOLD = 12;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Map<Long, Ran> early = new HashMap<>();
  private final Deque<Ran> last = new ArrayDeque<>();
  private final List<String> wrong = new ArrayList<>();
  private final PoolModel model = new PoolModel();
  private final Witness witness;
  private long next = 1;

  Court(Witness witness) {
    this.witness = witness;
  }

  synchronized void hear(Ran ran) {
    early.put(ran.number(), ran);
    for (Ran due = early.remove(next); due != null; due = early.remove(next)) {
      next++;
      if (wrong.isEmpty()) {
        judge(due);
      }
    }
  }

  /** Something is wrong that is no script's answer. */
  synchronized void accuse(String what) {
    wrong.add(what);
  }

  synchronized boolean holds() {
    return wrong.isEmpty();
  }

  /** How many scripts were run. */
  synchronized long heard() {
    return next - 1;
  }

  synchronized PoolModel model() {
    return model;
  }

  /** What is wrong, and what was done last to whom it is about. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  private void judge(Ran ran) {
    last.add(ran);
    if (last.size() > REMEMBERED) {
      last.remove();
    }
    List<String> found = new ArrayList<>(witness.see(ran));
    try {
      model.apply(ran);
    } catch (PoolModel.WrongException | RuntimeException e) {
      found.add(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    if (!found.isEmpty()) {
      wrong.addAll(found);
      wrong.add("after");
      story(found, ran).forEach(line -> wrong.add("  " + line));
    }
  }

  /** The last that was done to those who are named in what is wrong, and what was found by. */
  private List<String> story(List<String> found, Ran ran) {
    Set<String> ids = new HashSet<>();
    for (Matcher matcher = ID.matcher(String.join(" ", found)); matcher.find(); ) {
      ids.add(matcher.group());
    }
    List<String> story = last.stream().filter(one -> one.names(ids)).map(Ran::toString).toList();
    List<String> told =
        new ArrayList<>(story.subList(Math.max(0, story.size() - TOLD), story.size()));
    if (!told.contains(ran.toString())) {
      told.add(ran.toString());
    }
    return told;
  }
}
