package parley.matchmaking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.HandOver.Told;
import parley.platform.Json;

/**
 * What must be true of the answers, without a model of how they come about: a ticket has one
 * ending, a session one hand-over, to as many players as it seats, of one bucket; and a server that
 * was given away has said that it is free before it is given away again.
 */
final class Witness {

  private final ToIntFunction<String> capacity;
  private final Map<String, Owner> owners = new HashMap<>();
  private final Map<String, String> endings = new HashMap<>();
  private final Map<String, String> handOvers = new HashMap<>();
  private final Set<String> untold = new HashSet<>();
  private final Map<String, String> sessionOfServer = new HashMap<>();
  private final Set<String> saidFree = new HashSet<>();
  private final Map<String, String> addresses = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private long again;

  private record Owner(String player, String bucket) {}

  /**
   * @param capacity players of a session of a bucket
   */
  Witness(ToIntFunction<String> capacity) {
    this.capacity = capacity;
  }

  /** How many matches were made. */
  long matches() {
    return handOvers.size();
  }

  /** How many hand-overs were told more than once. */
  long again() {
    return again;
  }

  /** What is wrong with it. */
  List<String> see(Ran ran) {
    wrong.clear();
    switch (ran.script()) {
      case "take" -> taken(ran);
      case "seek" -> {
        owners.put(ran.argument(2), new Owner(ran.argument(1), ran.argument(4)));
        List<?> answer = (List<?>) ran.answer();
        if (answer.get(0).equals("finished")) {
          ended(ran.argument(2), (String) answer.get(1));
        }
      }
      case "leave" -> ended(ran.argument(2), (String) ran.answer());
      case "hand_over" -> ran.texts(0).forEach(this::handedOver);
      case "handed_over" -> ran.arguments().forEach(untold::remove);
      case "add_servers" -> {
        for (int i = 3; i < ran.arguments().size(); i += 3) {
          addresses.put(ran.argument(i + 1), ran.argument(i));
          said(ran.argument(i), ran.argument(i + 2));
        }
      }
      case "heartbeat" -> said(ran.argument(3), ran.argument(4));
      case "check" -> ((List<?>) ran.answer()).forEach(line -> wrong.add("check: " + line));
      default -> {}
    }
    return wrong;
  }

  private void taken(Ran ran) {
    List<?> answers = (List<?>) ran.answer();
    for (int i = 0; i < answers.size(); i++) {
      int at = 2 + 6 * i;
      String ticket = ran.argument(at + 1);
      List<?> answer = (List<?>) answers.get(i);
      if (answer.get(0).equals("finished")) {
        ended(ticket, (String) answer.get(1));
      } else if (answer.get(0).equals("open")) {
        if (ran.argument(1).equals("1")) {
          ended(ticket, "refused");
        }
      } else {
        owners.put(ticket, new Owner(ran.argument(at), ran.argument(at + 3)));
      }
    }
  }

  private void ended(String ticket, String how) {
    String before = endings.putIfAbsent(ticket, how);
    expect(before == null || before.equals(how), "ticket %s: %s, then %s", ticket, before, how);
  }

  private void said(String server, String state) {
    if (state.equals("free")) {
      saidFree.add(server);
    }
  }

  private void handedOver(String text) {
    MatchMade made = Json.read(text, MatchMade.class);
    String session = made.sessionId().toString();
    String before = handOvers.putIfAbsent(session, text);
    if (before != null) {
      again++;
      expect(before.equals(text), "session %s: %s, then %s", session, before, text);
      return;
    }
    Set<String> players = new HashSet<>();
    Set<String> buckets = new HashSet<>();
    for (Told told : made.players()) {
      String player = told.playerId().toString();
      Owner owner = owners.get(told.ticketId());
      expect(players.add(player), "session %s has player %s twice", session, player);
      expect(
          owner != null && owner.player().equals(player),
          "session %s: ticket %s is not that of player %s",
          session,
          told.ticketId(),
          player);
      buckets.add(owner == null ? "" : owner.bucket());
      ended(told.ticketId(), "matched|" + session + "|" + made.server());
    }
    expect(buckets.size() == 1, "session %s has players of %s", session, buckets);
    int seats = capacity.applyAsInt(buckets.iterator().next());
    expect(seats == players.size(), "session %s of %s has %s players", session, seats, players);
    String server = addresses.get(made.server());
    String other = sessionOfServer.put(made.server(), session);
    expect(
        other == null || (saidFree.contains(server) && !untold.contains(other)),
        "server %s of session %s was given to %s",
        server,
        other,
        session);
    saidFree.remove(server);
    untold.add(session);
  }

  private void expect(boolean holds, String what, Object... of) {
    if (!holds) {
      wrong.add(what.formatted(of));
    }
  }
}
