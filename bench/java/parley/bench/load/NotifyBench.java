package parley.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long a move takes to the socket of the player whose turn it is then: players who are all
 * connected make moves at fixed times, in many games, and say of each message that it was shown.
 */
public final class NotifyBench {

  private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");

  /** Of each pair its own, below what has a reminder. */
  private static final int FIRST_BUCKET = 3_600;

  private static final int AT_ONCE = 8;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final double P99_MILLIS = 150;

  private final Path folder;
  private final Plan plan;
  private final PrintStream out;
  private final List<Player> players = new ArrayList<>();
  private final Map<String, Player> byId = new HashMap<>();

  /**
   * @param players all connected, and paired off
   * @param games of all pairs; enough that some still go on in the end
   * @param between one move and the next
   * @param warmUp moves before those that count, for the JVM to compile what is hot
   * @param moves that count
   */
  public record Plan(int players, int games, Duration between, int warmUp, int moves) {}

  public NotifyBench(Path folder, Plan plan, PrintStream out) {
    this.folder = folder;
    this.plan = plan;
    this.out = out;
  }

  /** Runs it; false if the figure of {@code docs/performance.md} was missed, or a message. */
  public boolean run() throws Exception {
    try (ServedApp app = new ServedApp(folder, JVM_OPTIONS, Map.of());
        Crowd crowd = new Crowd(app.http(), AT_ONCE);
        Receipts receipts = new Receipts(app.http());
        Visitors visitors = new Visitors(app.http(), AT_ONCE)) {
      signIn(crowd);
      List<Negotiate.Access> accesses = negotiate(crowd);
      Turns turns = new Turns(receipts);
      try (IdleClients sockets = new IdleClients(URI.create(accesses.get(0).url()).getPort())) {
        for (Negotiate.Access access : accesses) {
          sockets.connect(access.path(), call -> turns.told(access.player(), call));
        }
        sockets.awaitHandshakes();
        start(crowd, turns);
        move("warm-up", plan.warmUp(), app, visitors, turns);
        return move("measured", plan.moves(), app, visitors, turns);
      }
    }
  }

  private void signIn(Crowd crowd) throws IOException {
    List<SignIn> all = new ArrayList<>();
    for (int i = 0; i < plan.players(); i++) {
      all.add(
          new SignIn(
              player -> {
                players.add(player);
                byId.put(player.id(), player);
              }));
    }
    crowd.hold(all.iterator());
  }

  private List<Negotiate.Access> negotiate(Crowd crowd) throws IOException {
    List<Negotiate.Access> accesses = new ArrayList<>();
    List<Negotiate> all =
        players.stream().map(player -> new Negotiate(player, accesses::add)).toList();
    crowd.hold(all.iterator());
    return accesses;
  }

  private void start(Crowd crowd, Turns turns) throws IOException {
    List<Start> starts = new ArrayList<>();
    int pairs = players.size() / 2;
    for (int i = 0; i < plan.games(); i++) {
      int pair = i % pairs;
      starts.add(
          new Start(
              players.get(2 * pair),
              players.get(2 * pair + 1),
              FIRST_BUCKET + pair,
              byId,
              turns::add));
    }
    crowd.hold(starts.iterator());
  }

  private boolean move(String name, int moves, ServedApp app, Visitors visitors, Turns turns)
      throws Exception {
    List<Turn> all = new ArrayList<>();
    for (int i = 0; i < moves; i++) {
      all.add(new Turn(turns));
    }
    Spending spending = new Spending(app);
    long began = System.nanoTime();
    visitors.receive(all, plan.between().toNanos(), 1);
    double perSecond = moves / ((System.nanoTime() - began) / 1e9);
    awaitEnd(turns);
    Turns.Measured measured = turns.take();
    out.printf(
        "%s: %d moves at %.1f a second, %d told to the other player; %s a move%n",
        name, moves, perSecond, measured.tellings().count(), spending.each(moves));
    out.printf("  from the request to its answer      %s%n", measured.answers());
    out.printf("  from the request to the socket      %s%n", measured.tellings());
    out.printf("  from the answer to the socket       %s%n", measured.afterAnswers());
    return measured.tellings().count() == moves && measured.tellings().millis(99) <= P99_MILLIS;
  }

  private static void awaitEnd(Turns turns) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (turns.under() > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }
}
