package parley.matchmaking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What should become of game servers. */
final class ModelServers {

  /** A server that is registered; it is free, in use, or lost. */
  private static final class Server {
    String address;
    double lease;
    double lostAt = Double.NaN;
    boolean confirmed;
    double freeAt = Double.NaN;
  }

  /** Whom a server was given to; the session is empty if it says itself that it is in use. */
  private record Use(String session, double since) {}

  private final Map<String, Server> known = new HashMap<>();
  private final Set<String> free = new HashSet<>();
  private final Map<String, Use> uses = new HashMap<>();
  private final Function<String, Double> telling;

  /**
   * @param telling until when the players of a session are being told; null if they are not
   */
  ModelServers(Function<String, Double> telling) {
    this.telling = telling;
  }

  boolean anyFree() {
    return !free.isEmpty();
  }

  int known() {
    return known.size();
  }

  /** Free, in use (also those that are being told of), and lost. */
  List<Long> counts() {
    long lost = known.values().stream().filter(server -> !Double.isNaN(server.lostAt)).count();
    return List.of((long) free.size(), (long) uses.size(), lost);
  }

  /** Gives the free server of this address to a session; false if there is none. */
  boolean give(String address, String session, double now) {
    for (String server : free) {
      if (known.get(server).address.equals(address)) {
        free.remove(server);
        uses.put(server, new Use(session, now));
        return true;
      }
    }
    return false;
  }

  /** A session's players are told. */
  void told(String session) {
    uses.entrySet()
        .removeIf(
            use -> use.getValue().session.equals(session) && !known.containsKey(use.getKey()));
  }

  /** Nothing is known of a session any longer. */
  void expire(String session) {
    uses.replaceAll((server, use) -> use.session.equals(session) ? new Use(session, 0) : use);
  }

  /**
   * @param words server, address, state; and so on
   */
  void add(double now, double lease, double grace, List<String> words) {
    for (int i = 0; i < words.size(); i += 3) {
      String server = words.get(i);
      known.computeIfAbsent(server, id -> new Server()).address = words.get(i + 1);
      hear(now, lease, grace, server, words.get(i + 2), "");
    }
  }

  /** What is answered to a heartbeat. */
  List<String> heartbeat(
      double now, double lease, double grace, String server, String state, String session) {
    if (!known.containsKey(server)) {
      return List.of();
    }
    hear(now, lease, grace, server, state, session);
    Use use = uses.get(server);
    return List.of(use == null ? "free" : "inUse", use == null ? "" : use.session);
  }

  long retire(String server) {
    if (!known.containsKey(server)) {
      return 0;
    }
    withdraw(server);
    known.remove(server);
    return 1;
  }

  void lose(double now) {
    known.forEach(
        (id, server) -> {
          if (Double.isNaN(server.lostAt) && server.lease <= now && telling(id) == null) {
            withdraw(id);
            server.lostAt = now;
          }
        });
  }

  void forget(double before) {
    known.values().removeIf(server -> server.lostAt <= before);
  }

  void freeDue(double now) {
    known.forEach(
        (id, server) -> {
          if (server.freeAt <= now) {
            Double until = telling(id);
            if (until == null) {
              free(id);
            } else {
              server.freeAt = Math.max(until, now + 1);
            }
          }
        });
  }

  private void hear(
      double now, double lease, double grace, String id, String state, String session) {
    Server server = known.get(id);
    server.lostAt = Double.NaN;
    server.lease = now + lease;
    if (state.equals("inUse")) {
      free.remove(id);
      String given = uses.computeIfAbsent(id, any -> new Use("", now)).session;
      if (!given.isEmpty() && !session.isEmpty() && !session.equals(given)) {
        return;
      }
      server.confirmed = true;
      server.freeAt = Double.NaN;
      return;
    }
    Use use = uses.get(id);
    if (use == null || use.session.isEmpty()) {
      free(id);
    } else if (session.isEmpty() || session.equals(use.session)) {
      Double until = telling.apply(use.session);
      boolean believed = !session.isEmpty() || server.confirmed;
      if (until == null && (believed || now - use.since >= grace)) {
        free(id);
      } else {
        server.freeAt = Math.max(until == null ? 0 : until, use.since + grace);
      }
    }
  }

  private Double telling(String server) {
    Use use = uses.get(server);
    return use == null ? null : telling.apply(use.session);
  }

  private void free(String id) {
    Server server = known.get(id);
    server.confirmed = false;
    server.freeAt = Double.NaN;
    uses.remove(id);
    free.add(id);
  }

  private void withdraw(String id) {
    Server server = known.get(id);
    server.confirmed = false;
    server.freeAt = Double.NaN;
    free.remove(id);
    if (telling(id) == null) {
      uses.remove(id);
    }
  }
}
