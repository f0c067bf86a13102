package parley.bench.storm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Players who start with the same settings in the same instant, so that their games race for one
 * bucket. Whoever meets whom, each has one seat, and each two have a game.
 */
final class Crowd {

  private static final int TRIES = 400;
  private static final long BACK_OFF = TimeUnit.MILLISECONDS.toNanos(250);

  private final Api api;
  private final Semaphore slots;
  private final List<Api.Player> players;
  private final long turnSeconds;
  private final Random random;
  private final Map<Api.Player, List<Exchange>> answers = new LinkedHashMap<>();
  private final Map<Api.Player, String> sessions = new HashMap<>();

  /**
   * @param players an even number of them, each another one
   */
  Crowd(Api api, Semaphore slots, List<Api.Player> players, long turnSeconds, Random random) {
    this.api = api;
    this.slots = slots;
    this.players = List.copyOf(players);
    this.turnSeconds = turnSeconds;
    this.random = random;
    players.forEach(player -> answers.put(player, new ArrayList<>()));
  }

  /**
   * Has all of them start, and start again until each knows its session.
   *
   * @param first the number of the first game
   * @return the games that have come of it, to be played on
   */
  List<Game> meet(int first) {
    String table = UUID.randomUUID().toString();
    Map<Api.Player, String> keys = new HashMap<>();
    players.forEach(player -> keys.put(player, UUID.randomUUID().toString()));
    for (int tries = 0; tries < TRIES && sessions.size() < players.size(); tries++) {
      List<Api.Player> waiting = new ArrayList<>(players);
      waiting.removeAll(sessions.keySet());
      Collections.shuffle(waiting, random);
      List<Api.Player> again = new ArrayList<>();
      for (Api.Player player : waiting) {
        again.addAll(Collections.nCopies(Script.copies(random) - 1, player));
      }
      Collections.shuffle(again, random);
      if (!send(waiting, again, table, keys)) {
        LockSupport.parkNanos(BACK_OFF);
      }
    }
    return games(first);
  }

  /**
   * Sends a start for each who waits, all at the same time, and then some copies.
   *
   * @return whether anybody was answered
   */
  private boolean send(
      List<Api.Player> waiting,
      List<Api.Player> again,
      String table,
      Map<Api.Player, String> keys) {
    String body = Script.wish(table, turnSeconds, "");
    List<Api.Player> copies = new ArrayList<>(waiting);
    copies.addAll(again);
    Map<CompletableFuture<Exchange>, Api.Player> sent = new LinkedHashMap<>();
    // At once, for requests of others between them would keep them apart.
    slots.acquireUninterruptibly(waiting.size());
    for (int i = 0; i < copies.size(); i++) {
      if (i >= waiting.size()) {
        slots.acquireUninterruptibly();
      }
      Api.Player player = copies.get(i);
      long now = System.nanoTime();
      sent.put(
          api.start(player, keys.get(player), body)
              .thenApply(
                  answer -> {
                    slots.release();
                    return Exchange.of(Act.start(player.id()), now, answer);
                  }),
          player);
    }
    boolean any = false;
    for (Map.Entry<CompletableFuture<Exchange>, Api.Player> one : sent.entrySet()) {
      Exchange exchange = one.getKey().join();
      answers.get(one.getValue()).add(exchange);
      if (exchange.sessionId() != null) {
        any = true;
        String before = sessions.put(one.getValue(), exchange.sessionId());
        if (before != null && !before.equals(exchange.sessionId())) {
          throw new IllegalStateException(
              "two sessions for one wish: " + before + " and " + exchange.sessionId());
        }
      }
    }
    return any;
  }

  private List<Game> games(int first) {
    Map<String, List<Api.Player>> seats = new LinkedHashMap<>();
    players.forEach(
        player -> seats.computeIfAbsent(sessions.get(player), id -> new ArrayList<>()).add(player));
    List<Game> games = new ArrayList<>();
    for (Map.Entry<String, List<Api.Player>> session : seats.entrySet()) {
      List<Api.Player> two = new ArrayList<>(session.getValue());
      if (session.getKey() == null || two.size() != 2) {
        throw new IllegalStateException(
            "%d players started at once, and %d of them are in the session %s"
                .formatted(players.size(), two.size(), session.getKey()));
      }
      if (answers.get(two.get(1)).stream().anyMatch(exchange -> exchange.status() == 201)) {
        Collections.reverse(two);
      }
      Api.Player stranger =
          players.stream().filter(player -> !two.contains(player)).findFirst().orElseThrow();
      two.add(stranger);
      Game game = new Game(first + games.size(), two, turnSeconds);
      game.is(session.getKey());
      two.subList(0, 2).forEach(player -> answers.get(player).forEach(game::add));
      games.add(game);
    }
    return games;
  }
}
