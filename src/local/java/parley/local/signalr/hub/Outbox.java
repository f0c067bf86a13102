package parley.local.signalr.hub;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What waits for a client, in order, while the last text is on its way. A client that does not read
 * is cut off rather than waited for.
 */
final class Outbox {

  /** Messages that may wait for one client. */
  static final int MOST_MESSAGES = 1_000;

  /** The characters of them all. */
  static final long MOST_CHARACTERS = 4 << 20;

  /** Short messages that have waited go together. */
  private static final int TOGETHER = 1 << 15;

  private final Wire wire;
  private final Deque<String> waiting = new ArrayDeque<>(1);
  private long characters;

  /** From the start: nothing goes out before {@link #open}. */
  private boolean sending = true;

  private boolean ending;

  Outbox(Wire wire) {
    this.wire = wire;
  }

  /** Sends a first message, and then what has been put meanwhile. */
  void open(String message) {
    wire.send(message, this::sent);
  }

  /** Sends as soon as possible; false if nothing more is taken. */
  boolean put(String message) {
    return put(message, false);
  }

  /** Sends a last message, and ends when it is out; false if another was the last already. */
  boolean end(String message) {
    return put(message, true);
  }

  /** Whether something is on its way. */
  synchronized boolean isBusy() {
    return sending;
  }

  private boolean put(String message, boolean last) {
    boolean tooMany = false;
    synchronized (this) {
      if (ending) {
        return false;
      }
      ending = last;
      if (sending) {
        tooMany = !queue(message);
        if (!tooMany) {
          return true;
        }
      }
      sending = true;
    }
    if (tooMany) {
      wire.cut();
      return false;
    }
    wire.send(message, this::sent);
    return true;
  }

  /** Has a message wait; if that is too much, nothing waits any more. */
  private boolean queue(String message) {
    waiting.add(message);
    characters += message.length();
    if (waiting.size() <= MOST_MESSAGES && characters <= MOST_CHARACTERS) {
      return true;
    }
    waiting.clear();
    ending = true;
    return false;
  }

  private void sent() {
    String next;
    boolean end;
    synchronized (this) {
      next = next();
      sending = next != null;
      end = ending && !sending;
    }
    if (next != null) {
      wire.send(next, this::sent);
    } else if (end) {
      wire.close();
    }
  }

  private String next() {
    String first = waiting.poll();
    if (first == null || waiting.isEmpty()) {
      characters = 0;
      return first;
    }
    StringBuilder together = new StringBuilder(first);
    while (!waiting.isEmpty() && together.length() + waiting.peek().length() <= TOGETHER) {
      together.append(waiting.poll());
    }
    characters -= together.length();
    return together.toString();
  }
}
