package parley.trivia.clues;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The clues that ship with the app, dealt like cards: each of them once, and then all of them
 * shuffled anew.
 */
public final class ClueBank implements ClueSource {

  private static final String RESOURCE = "/trivia/clues.tsv";

  private final List<Clue> clues = read();
  private final Random random;
  private final Deque<Clue> stack = new ArrayDeque<>();

  public ClueBank() {
    this(new SecureRandom());
  }

  /** For an order that is known beforehand. */
  ClueBank(Random random) {
    this.random = random;
  }

  /** All clues, by category and from easy to hard. */
  List<Clue> all() {
    return clues;
  }

  /** As many different ones as are asked for, or all that there are. */
  @Override
  public synchronized List<Clue> candidates(int count) {
    int wanted = Math.min(count, clues.size());
    if (stack.size() < wanted) {
      List<Clue> shuffled = new ArrayList<>(clues);
      Collections.shuffle(shuffled, random);
      shuffled.removeAll(stack);
      stack.addAll(shuffled);
    }
    List<Clue> dealt = new ArrayList<>();
    while (dealt.size() < wanted) {
      dealt.add(stack.remove());
    }
    return dealt;
  }

  private static List<Clue> read() {
    try (InputStream resource = ClueBank.class.getResourceAsStream(RESOURCE)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(ClueBank::clue)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("the clues of this app cannot be read", e);
    }
  }

  private static Clue clue(String line) {
    String[] fields = line.split("\t", -1);
    return new Clue(fields[0], fields[3], fields[4], fields[1], Integer.parseInt(fields[2]));
  }
}
