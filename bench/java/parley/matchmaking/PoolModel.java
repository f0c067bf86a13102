package parley.matchmaking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.HandOver.Told;
import parley.platform.Json;

/**
 * What each script should answer that has run after those before it: the pool as plain collections,
 * one step at a time.
 */
final class PoolModel {

  private final Map<String, ModelTicket> tickets = new HashMap<>();
  private final Map<String, String> endings = new HashMap<>();
  private final Map<String, ModelSession> open = new HashMap<>();
  private final TreeSet<ModelSession> ready = new TreeSet<>(ModelSession.BY_AGE);
  private final Map<String, ModelSession> telling = new HashMap<>();
  private final ModelServers servers =
      new ModelServers(id -> telling.containsKey(id) ? (Double) telling.get(id).lease : null);

  /** An answer is not what it should be. */
  static final class WrongException extends Exception {
    private static final long serialVersionUID = 1;

    WrongException(String message) {
      super(message);
    }
  }

  /** Players who wait in a bucket, placed or not. */
  long depth(String bucket) {
    return open().filter(ticket -> ticket.bucket.equals(bucket)).count();
  }

  /** The tickets that are open. */
  java.util.stream.Stream<ModelTicket> open() {
    return tickets.values().stream().filter(ticket -> !ticket.matched);
  }

  ModelServers servers() {
    return servers;
  }

  /** How a ticket has ended; null if it has not. */
  String ending(String ticket) {
    return endings.get(ticket);
  }

  /** Does what a script has done. */
  void apply(Ran ran) throws WrongException {
    List<String> words = ran.arguments();
    switch (ran.script()) {
      case "take" -> {
        List<List<String>> expected = new ArrayList<>();
        for (int i = 2; i < words.size(); i += 6) {
          List<String> answer = take(words.subList(i, i + 5), words.get(0));
          if (answer.get(0).equals("open") && words.get(1).equals("1")) {
            endings.put(words.get(i + 1), "refused");
          }
          expected.add(answer);
        }
        expect(ran, expected);
      }
      case "place" -> {
        long placed = 0;
        for (int i = 1; i < words.size(); i += 4) {
          placed += place(words.subList(i, i + 4), ran.time()) ? 1 : 0;
        }
        expect(ran, List.of(placed, (long) ready.size()));
      }
      case "seek" -> expect(ran, seek(words, ran.time()));
      case "leave" -> expect(ran, leave(words.get(1), words.get(2), words.get(3), ran.time()));
      case "ticket" -> {
        ModelTicket ticket = tickets.get(words.get(0));
        List<?> answer = (List<?>) ran.answer();
        expect(
            ran,
            ticket == null || !ticket.id.equals(words.get(1))
                ? List.of()
                : List.of(
                    ticket.status(),
                    ticket.session == null ? "" : ticket.session.id,
                    answer.isEmpty() ? List.of() : answer.get(2)));
      }
      case "open_ticket" -> {
        ModelTicket known = tickets.get(words.get(0));
        expect(
            ran,
            known == null || known.matched
                ? List.of()
                : List.of(
                    known.id,
                    known.name,
                    known.bucket,
                    known.since,
                    known.timeout,
                    known.status()));
      }
      case "hand_over" -> handOver(ran);
      case "handed_over" -> words.stream().skip(1).forEach(this::handedOver);
      case "scale_out_asked" -> words.stream().skip(1).forEach(this::asked);
      case "sweep_players" -> sweepPlayers(ran);
      case "sweep_sessions" -> {
        long seen = ready.size() + open.size() - Long.parseLong(words.get(1));
        expect(ran, List.of(Math.min(Math.max(0, seen), Long.parseLong(words.get(2))), 0L));
      }
      case "sweep_servers" -> {
        servers.lose(ran.time());
        servers.forget(ran.time() - Double.parseDouble(words.get(1)));
        servers.freeDue(ran.time());
      }
      case "add_servers" ->
          servers.add(ran.time(), number(ran, 1), number(ran, 2), words.subList(3, words.size()));
      case "heartbeat" ->
          expect(
              ran,
              servers.heartbeat(
                  ran.time(),
                  number(ran, 1),
                  number(ran, 2),
                  words.get(3),
                  words.get(4),
                  words.get(5)));
      case "retire" -> expect(ran, servers.retire(words.get(0)));
      case "stats" -> stats(ran);
      case "expire" -> words.forEach(this::expire);
      default -> {}
    }
  }

  private List<String> take(List<String> fields, String since) {
    String id = fields.get(1);
    if (endings.containsKey(id)) {
      return List.of("finished", endings.get(id));
    }
    ModelTicket known = tickets.get(fields.get(0));
    if (known != null && known.id.equals(id)) {
      return List.of("again", id);
    }
    if (known != null && !known.matched) {
      return List.of("open", known.id);
    }
    tickets.put(fields.get(0), new ModelTicket(fields, since));
    return List.of("taken", id);
  }

  /**
   * @param seat player, ticket, seats and id of a new session
   */
  private boolean place(List<String> seat, double now) {
    ModelTicket ticket = tickets.get(seat.get(0));
    if (ticket == null || !ticket.id.equals(seat.get(1)) || ticket.session != null) {
      return false;
    }
    sit(
        ticket,
        open.computeIfAbsent(
            ticket.bucket,
            bucket -> new ModelSession(seat.get(3), bucket, Integer.parseInt(seat.get(2)), now)),
        now);
    return true;
  }

  private void sit(ModelTicket ticket, ModelSession session, double now) {
    session.tickets.add(ticket);
    ticket.session = session;
    if (session.free() == 0) {
      open.remove(session.bucket, session);
      ready.add(session);
      session.askAt = session.asked ? Double.NaN : now;
    }
  }

  private List<String> seek(List<String> words, double now) {
    List<String> fields = words.subList(1, 6);
    List<String> taken = take(fields, words.get(7));
    if (taken.get(0).equals("finished")) {
      return taken;
    }
    if (taken.get(0).equals("open")) {
      leave(words.get(1), taken.get(1), "refused", now);
      take(fields, words.get(7));
    }
    ModelTicket ticket = tickets.get(words.get(1));
    ticket.sought |= place(List.of(words.get(1), words.get(2), words.get(8), words.get(9)), now);
    return List.of("searching", ticket.sought ? "1" : "0");
  }

  private String leave(String player, String id, String how, double now) {
    if (endings.containsKey(id)) {
      return endings.get(id);
    }
    ModelTicket ticket = tickets.get(player);
    if (ticket != null && ticket.id.equals(id)) {
      tickets.remove(player);
      stand(ticket, now);
    }
    endings.put(id, how);
    return how;
  }

  private void stand(ModelTicket ticket, double now) {
    ModelSession session = ticket.session;
    if (session == null) {
      return;
    }
    session.tickets.remove(ticket);
    if (ready.remove(session)) {
      session.askAt = Double.NaN;
      ModelSession other = open.putIfAbsent(session.bucket, session);
      if (other != null && !session.tickets.isEmpty()) {
        merge(session, other, now);
      }
    } else if (session.tickets.isEmpty()) {
      open.remove(session.bucket);
    }
  }

  /** Who waits longest in the younger of two sessions goes to the older, while there are seats. */
  private void merge(ModelSession one, ModelSession other, double now) {
    boolean older = ModelSession.BY_AGE.compare(one, other) < 0;
    ModelSession old = older ? one : other;
    ModelSession young = older ? other : one;
    open.put(old.bucket, old);
    young.tickets.stream()
        .sorted(ModelTicket.BY_WAIT)
        .limit(old.free())
        .toList()
        .forEach(
            ticket -> {
              young.tickets.remove(ticket);
              sit(ticket, old, now);
            });
    if (!young.tickets.isEmpty()) {
      open.put(young.bucket, young);
    }
  }

  private void handOver(Ran ran) throws WrongException {
    double now = ran.time();
    double lease = now + number(ran, 1);
    long most = Long.parseLong(ran.argument(2));
    List<String> texts = ran.texts(0);
    List<ModelSession> again =
        telling.values().stream()
            .filter(session -> session.lease <= now)
            .sorted(
                Comparator.<ModelSession>comparingDouble(session -> session.lease)
                    .thenComparing(session -> session.id))
            .limit(most)
            .toList();
    again.forEach(session -> session.lease = lease);
    expect(
        ran,
        "told again",
        again.stream().map(session -> session.handOver).toList(),
        texts.subList(0, Math.min(again.size(), texts.size())));
    servers.lose(now);
    servers.freeDue(now);
    int told = again.size();
    for (; told < most && !ready.isEmpty() && servers.anyFree(); told++) {
      ModelSession session = ready.pollFirst();
      if (told == texts.size()) {
        throw new WrongException("session " + session.id + " is due, and was not handed over");
      }
      allocate(ran, session, texts.get(told), lease);
    }
    expect(ran, "hand-overs", told, texts.size());
    List<String> missing = new ArrayList<>();
    if (!servers.anyFree()) {
      ready.stream()
          .filter(session -> session.askAt <= now)
          .sorted(
              Comparator.<ModelSession>comparingDouble(session -> session.askAt)
                  .thenComparing(session -> session.id))
          .limit(1_000)
          .forEach(
              session -> {
                session.askAt = lease;
                missing.addAll(List.of(session.id, session.bucket));
              });
    }
    expect(ran, "lacking", missing, ran.texts(1));
  }

  private void allocate(Ran ran, ModelSession session, String text, double lease)
      throws WrongException {
    MatchMade made = Json.read(text, MatchMade.class);
    expect(ran, "next session", session.id, made.sessionId().toString());
    Set<Told> players = new HashSet<>();
    for (ModelTicket ticket : session.tickets) {
      players.add(new Told(java.util.UUID.fromString(ticket.player), ticket.id));
      ticket.matched = true;
      endings.put(ticket.id, "matched|" + session.id + "|" + made.server());
    }
    expect(ran, "players of " + session.id, players, Set.copyOf(made.players()));
    expect(
        ran,
        "server is free " + made.server(),
        true,
        servers.give(made.server(), session.id, ran.time()));
    session.handOver = text;
    session.lease = lease;
    session.askAt = Double.NaN;
    telling.put(session.id, session);
  }

  private void handedOver(String session) {
    if (telling.remove(session) != null) {
      servers.told(session);
    }
  }

  private void asked(String id) {
    java.util.stream.Stream.concat(ready.stream(), open.values().stream())
        .filter(session -> session.id.equals(id))
        .forEach(
            session -> {
              session.asked = true;
              session.askAt = Double.NaN;
            });
  }

  private void sweepPlayers(Ran ran) throws WrongException {
    double grace = number(ran, 1);
    List<ModelTicket> seen =
        open()
            .sorted(ModelTicket.BY_WAIT)
            .skip(Long.parseLong(ran.argument(2)))
            .limit(Long.parseLong(ran.argument(3)))
            .toList();
    long gone = 0;
    for (ModelTicket ticket : seen) {
      if (ticket.isOver(ran.time(), grace)) {
        leave(ticket.player, ticket.id, "timedOut", ran.time());
        gone++;
      }
    }
    expect(ran, List.of((long) seen.size(), gone));
  }

  private void stats(Ran ran) throws WrongException {
    List<?> answer = (List<?>) ran.answer();
    Map<String, Long> depths = new HashMap<>();
    for (Object bucket : (List<?>) answer.get(0)) {
      depths.put((String) ((List<?>) bucket).get(0), (Long) ((List<?>) bucket).get(1));
    }
    expect(
        ran,
        "depths",
        depths.keySet().stream().collect(Collectors.toMap(bucket -> bucket, this::depth)),
        depths);
    List<Long> counts = servers.counts();
    long leased = telling.size();
    expect(
        ran,
        "servers",
        List.of(counts.get(0), leased, counts.get(1) - leased, counts.get(2)),
        answer.subList(2, 6));
  }

  /** The keys of a session are gone, and those of its players who have no newer ticket. */
  private void expire(String session) {
    servers.expire(session);
    tickets.values().removeIf(ticket -> ticket.matched && ticket.session.id.equals(session));
  }

  private static double number(Ran ran, int i) {
    return Double.parseDouble(ran.argument(i));
  }

  private static void expect(Ran ran, Object expected) throws WrongException {
    expect(ran, "answer", expected, ran.answer());
  }

  private static void expect(Ran ran, String what, Object expected, Object found)
      throws WrongException {
    if (!expected.equals(found)) {
      throw new WrongException(
          "%s %s: %s should be %s, is %s"
              .formatted(ran.number(), ran.script(), what, expected, found));
    }
  }
}
