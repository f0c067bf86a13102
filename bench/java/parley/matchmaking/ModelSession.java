package parley.matchmaking;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** A session of the model. */
final class ModelSession {

  /** Oldest first, ties by id. */
  static final Comparator<ModelSession> BY_AGE =
      Comparator.<ModelSession>comparingDouble(session -> session.created)
          .thenComparing(session -> session.id);

  final String id;
  final String bucket;
  final int seats;
  final double created;
  final Set<ModelTicket> tickets = new HashSet<>();

  /** Whether a server was asked for, and the word that it was has come. */
  boolean asked;

  /** When a server is asked for; none if NaN. */
  double askAt = Double.NaN;

  /** What its players are told; null if it has no server. */
  String handOver;

  /** Until when they are being told. */
  double lease;

  ModelSession(String id, String bucket, int seats, double created) {
    this.id = id;
    this.bucket = bucket;
    this.seats = seats;
    this.created = created;
  }

  int free() {
    return seats - tickets.size();
  }
}
