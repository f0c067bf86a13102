package parley.local.engine.run;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The instances that have something to play, first come, first served. An instance that is being
 * played is not handed out again before it is done, so its turns come one after the other.
 */
final class ReadyQueue {

  private enum State {
    QUEUED,
    PLAYING,
    /** Being played, and ready once more. */
    PLAYING_AND_READY
  }

  private final Map<String, State> states = new HashMap<>();
  private final Queue<String> queue = new ArrayDeque<>();

  synchronized void ready(String instance) {
    State state = states.putIfAbsent(instance, State.QUEUED);
    if (state == null) {
      enqueue(instance);
    } else if (state == State.PLAYING) {
      states.put(instance, State.PLAYING_AND_READY);
    }
  }

  /** Waits for an instance, which is the caller's until it says {@link #done}. */
  synchronized String take() throws InterruptedException {
    while (queue.isEmpty()) {
      wait();
    }
    String instance = queue.remove();
    states.put(instance, State.PLAYING);
    return instance;
  }

  synchronized void done(String instance) {
    if (states.get(instance) == State.PLAYING_AND_READY) {
      states.put(instance, State.QUEUED);
      enqueue(instance);
    } else {
      states.remove(instance);
    }
  }

  /** How many are waiting. */
  synchronized int size() {
    return queue.size();
  }

  private void enqueue(String instance) {
    queue.add(instance);
    notify();
  }
}
