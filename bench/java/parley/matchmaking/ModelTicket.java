package parley.matchmaking;

import java.util.Comparator;
import java.util.List;

/** A ticket of the model that is open, or the last of its player's. */
final class ModelTicket {

  /** Longest waiting first, ties by player. */
  static final Comparator<ModelTicket> BY_WAIT =
      Comparator.<ModelTicket>comparingDouble(ticket -> Double.parseDouble(ticket.since))
          .thenComparing(ticket -> ticket.player);

  final String player;
  final String id;
  final String name;
  final String bucket;
  final String timeout;
  final String since;
  boolean matched;

  /** Whether it was its request that found a seat for it. */
  boolean sought;

  /** Null while it is queued. */
  ModelSession session;

  /**
   * @param fields player, ticket, name, bucket and timeout
   */
  ModelTicket(List<String> fields, String since) {
    player = fields.get(0);
    id = fields.get(1);
    name = fields.get(2);
    bucket = fields.get(3);
    timeout = fields.get(4);
    this.since = since;
  }

  String status() {
    return matched ? "matched" : session == null ? "queued" : "searching";
  }

  /** Whether its time has been over for so long. */
  boolean isOver(double now, double grace) {
    return Double.parseDouble(since) + Double.parseDouble(timeout) + grace < now;
  }
}
