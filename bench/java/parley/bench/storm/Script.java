package parley.bench.storm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays one game at random, from its start or from where it stands: each act one to five times at
 * once, and in any order.
 */
final class Script {

  /** Enough for a game through any outage: with nobody there, a step takes a while. */
  private static final int STEPS = 400;

  private static final int PATIENCE = 10;

  private static final long BACK_OFF = TimeUnit.MILLISECONDS.toNanos(250);

  /** Acts that are sent again because nobody answered; an outage must not pile them up. */
  private static final int MOST_AGAIN = 6;

  /** Which way the second player comes in. */
  private enum Opening {
    BOTH_START,
    INVITED,
    CODE,
    WALKS_IN,
    VOUCHED
  }

  private final Api api;
  private final Semaphore slots;
  private final Game game;
  private final Random random;
  private final Acts acts;
  private final Opening opening;
  private final List<Act> unanswered = new ArrayList<>();
  private final String table = UUID.randomUUID().toString();
  private volatile String code;

  /**
   * @param slots for the requests that may be under way at once, of all games together
   */
  Script(Api api, Semaphore slots, Game game, Random random) {
    this.api = api;
    this.slots = slots;
    this.game = game;
    this.random = random;
    acts = new Acts(game, random);
    opening = Opening.values()[random.nextInt(Opening.values().length)];
  }

  /** Plays to the end, or leaves a few games where they are. */
  void run() {
    if (game.sessionId() == null) {
      start(0);
      if (opening == Opening.BOTH_START) {
        start(1);
      }
    }
    boolean stays = random.nextInt(12) > 0;
    for (int step = 0; step < STEPS && game.newest().status().equals("matchmaking"); step++) {
      send(joining(step));
    }
    int leaves = stays ? STEPS : random.nextInt(6);
    for (int step = 0; step < leaves && !game.newest().over(); step++) {
      List<Act> batch = new ArrayList<>(unanswered);
      batch.addAll(acts.some(game.newest()));
      batch.add(Act.look(game.player(step % 2).id()));
      send(batch);
    }
    if (stays) {
      send(acts.late(game.newest()));
    }
  }

  /** Sends a start several times with one key, until one of them is answered. */
  private void start(int seat) {
    Api.Player player = game.player(seat);
    String key = UUID.randomUUID().toString();
    String more =
        switch (opening) {
          case INVITED -> ",\"opponent\":\"" + game.player(1).id() + "\"";
          case CODE -> ",\"inviteOnly\":true";
          default -> "";
        };
    String body = wish(table, game.turnSeconds(), more);
    for (int tries = 0; tries < STEPS; tries++) {
      List<CompletableFuture<Boolean>> copies = new ArrayList<>();
      for (int copy = copies(random); copy > 0; copy--) {
        long sent = inSlot();
        copies.add(
            api.start(player, key, body)
                .thenApply(answer -> took(Act.start(player.id()), sent, answer)));
      }
      if (copies.stream().filter(CompletableFuture::join).count() > 0) {
        return;
      }
      LockSupport.parkNanos(BACK_OFF);
    }
    throw new IllegalStateException("game " + game.number() + " could not be started");
  }

  /** How a seat is taken, and what may come between. */
  private List<Act> joining(int step) {
    String second = game.player(1).id();
    List<Act> batch = new ArrayList<>();
    batch.add(
        switch (opening) {
          case CODE -> Act.join(second, code);
          // Where the orchestration is not there yet, the sweep may be a minute away.
          case VOUCHED ->
              step < PATIENCE ? Act.join(second, null).asEvent() : Act.join(second, null);
          default -> Act.join(second, null);
        });
    if (opening == Opening.CODE) {
      batch.add(Act.join(game.player(2).id(), "WRONG234"));
    }
    if (opening == Opening.INVITED) {
      batch.add(Act.join(game.player(2).id(), null));
    }
    if (random.nextInt(5) == 0) {
      batch.add(Act.cancel(game.player(0).id()));
    }
    batch.add(Act.look(game.player(0).id()));
    batch.add(Act.forfeit(game.player(0).id(), UUID.randomUUID().toString()).asEvent());
    batch.addAll(acts.late(game.newest()));
    return batch;
  }

  private void send(List<Act> batch) {
    List<Act> copies = new ArrayList<>();
    for (Act act : batch) {
      copies.addAll(Collections.nCopies(copies(random), act));
    }
    Collections.shuffle(copies, random);
    List<CompletableFuture<Boolean>> answers = new ArrayList<>();
    for (Act act : copies) {
      long sent = inSlot();
      answers.add(
          api.act(game.sessionId(), act, game.player(act.player()))
              .thenApply(answer -> took(act, sent, answer)));
    }
    unanswered.clear();
    for (int i = 0; i < answers.size(); i++) {
      Act act = copies.get(i);
      boolean keep = act.moveId() != null && !unanswered.contains(act);
      if (!answers.get(i).join() && keep && unanswered.size() < MOST_AGAIN) {
        unanswered.add(act);
      }
    }
    if (!answers.isEmpty() && answers.stream().noneMatch(CompletableFuture::join)) {
      LockSupport.parkNanos(BACK_OFF);
    }
  }

  /** Takes an answer down; false if it told nothing of the game. */
  private boolean took(Act act, long sent, Api.Answer answer) {
    slots.release();
    Exchange exchange = Exchange.of(act, sent, answer);
    if (exchange.sessionId() != null && act.kind() == Act.Kind.START) {
      game.is(exchange.sessionId());
      String shownCode = answer.body().path("inviteCode").textValue();
      code = shownCode == null ? code : shownCode;
    }
    game.add(exchange);
    return !exchange.unanswered();
  }

  /** Waits until one more may be sent; returns the time. */
  private long inSlot() {
    slots.acquireUninterruptibly();
    return System.nanoTime();
  }

  /** The body of a start; who sends an equal one may be met. */
  static String wish(String table, long turnSeconds, String more) {
    return "{\"game\":\"tic-tac-toe\",\"settings\":{\"table\":\"%s\",\"turnSeconds\":%d}%s}"
        .formatted(table, turnSeconds, more);
  }

  /** How often a request is sent. */
  static int copies(Random random) {
    return random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 1;
  }
}
