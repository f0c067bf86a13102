package parley.matchmaking;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.platform.EventSender;
import parley.platform.Json;
import parley.platform.ProblemException;

/**
 * The one way from a full session to its players: gives it a server, and puts both on the hub. What
 * was given out stays under a lease in Redis until it is there.
 */
public final class HandOver {

  private static final Logger LOG = Logger.getLogger(HandOver.class.getName());

  private final SessionPool pool;
  private final EventSender matchMade;
  private final EventSender scaleOut;
  private final String region;
  private final Clock clock;

  /**
   * @param region what requests for more servers name as theirs
   */
  public HandOver(
      SessionPool pool, EventSender matchMade, EventSender scaleOut, String region, Clock clock) {
    this.pool = pool;
    this.matchMade = matchMade;
    this.scaleOut = scaleOut;
    this.region = region;
    this.clock = clock;
  }

  /** What is on the hub of matches made. */
  record MatchMade(UUID sessionId, String server, List<Told> players) {}

  /** A player who is to be told. */
  record Told(UUID playerId, String ticketId) {}

  /**
   * Asks for game servers.
   *
   * @param missing sessions of the bucket that lack one, and for which none was asked before
   */
  record ScaleOut(int missing, String bucket, String region, Instant at) {}

  /**
   * Hands over every session that is ready while there are servers, and asks for servers when there
   * are none. What cannot be sent is due again after the lease, and only logged here: whoever calls
   * has done its own work.
   *
   * @throws ProblemException 503 if Redis does not answer
   */
  void run() {
    SessionPool.Due due;
    do {
      due = pool.handOver();
      if (!send(due)) {
        return;
      }
    } while (due.full());
  }

  private boolean send(SessionPool.Due due) {
    try {
      if (!due.handOvers().isEmpty()) {
        matchMade.sendAll(due.handOvers());
        pool.handedOver(
            due.handOvers().stream()
                .map(event -> Json.read(event, MatchMade.class).sessionId())
                .toList());
      }
      if (!due.lacking().isEmpty()) {
        Instant now = clock.instant();
        scaleOut.sendAll(
            due.lacking().entrySet().stream()
                .map(bucket -> new ScaleOut(bucket.getValue().size(), bucket.getKey(), region, now))
                .map(Json::write)
                .toList());
        pool.scaleOutAsked(due.lacking().values().stream().flatMap(List::stream).toList());
      }
      return true;
    } catch (ProblemException e) {
      LOG.log(
          Level.WARNING,
          "due again after the lease: {0} ({1})",
          new Object[] {e.getMessage(), e.getCause()});
      return false;
    }
  }
}
