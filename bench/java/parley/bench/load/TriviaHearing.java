package parley.bench.load;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** What the clients of a trivia game have heard, each of them. */
final class TriviaHearing {

  private static final String NEW_CLUE = "{\"type\":1,\"target\":\"newClue\"";
  private static final String NEW_GUESS = "{\"type\":1,\"target\":\"newGuess\"";
  private static final String NEXT_CLUE = "\"nextClue\":{\"clueId\":\"";

  private final int clients;

  /** When each client heard of a clue, by its id; 0 for not yet. */
  private final Map<String, AtomicLongArray> clues = new ConcurrentHashMap<>();

  private final AtomicInteger twice = new AtomicInteger();
  private final AtomicLong guesses = new AtomicLong();
  private volatile String current;

  TriviaHearing(int clients) {
    this.clients = clients;
  }

  /**
   * Takes a message.
   *
   * @param client whose it is, from 0
   * @param message as it came: {@code {"type":1,"target":…,"arguments":[…]}}
   */
  void hear(int client, String message) {
    if (message.startsWith(NEW_GUESS)) {
      guesses.incrementAndGet();
      return;
    }
    int id = message.indexOf(NEXT_CLUE) + NEXT_CLUE.length();
    if (!message.startsWith(NEW_CLUE) || id < NEXT_CLUE.length()) {
      throw new IllegalStateException("neither a clue nor a guess: " + message);
    }
    String clueId = message.substring(id, message.indexOf('"', id));
    AtomicLongArray heard = clues.computeIfAbsent(clueId, unheard -> new AtomicLongArray(clients));
    if (!heard.compareAndSet(client, 0, System.nanoTime())) {
      twice.incrementAndGet();
    }
    current = clueId;
  }

  /** The clue to guess at; null before the first. */
  String current() {
    return current;
  }

  /** How many clues anybody has heard of. */
  int clues() {
    return clues.size();
  }

  /** How many clients there are to how many clues, that many if none has missed one. */
  long cluesHeard() {
    return clues.values().stream().mapToLong(TriviaHearing::heard).sum();
  }

  private static long heard(AtomicLongArray times) {
    return times(times).length;
  }

  private static long[] times(AtomicLongArray times) {
    return IntStream.range(0, times.length())
        .mapToLong(times::get)
        .filter(time -> time != 0)
        .sorted()
        .toArray();
  }

  /** How often one has heard of a clue again. */
  int cluesTwice() {
    return twice.get();
  }

  /** How many guesses were heard of, by all together. */
  long guessesHeard() {
    return guesses.get();
  }

  /** From the first client that heard of a clue to the last, for each clue. */
  Latencies spreads() {
    Latencies spreads = new Latencies();
    for (AtomicLongArray heard : clues.values()) {
      long[] times = times(heard);
      spreads.add(times[times.length - 1] - times[0]);
    }
    return spreads;
  }
}
