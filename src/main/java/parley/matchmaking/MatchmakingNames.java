package parley.matchmaking;

import java.util.UUID;

/**
 * The names that outlive a deployment, because running orchestrations and events on a hub hold
 * them.
 */
public final class MatchmakingNames {

  public static final String MATCH_REQUEST_ORCHESTRATOR = "MatchRequestOrchestrator";
  public static final String SEEK_MATCH = "SeekMatch";
  public static final String LEAVE_QUEUE = "LeaveQueue";

  public static final String SERVER_READY = "serverReady";
  public static final String CANCEL = "cancel";

  private MatchmakingNames() {}

  /** Raised at a player's match request: there is a server. */
  public record ServerReady(String ticketId, UUID sessionId, String server) {}

  /** Raised at a player's match request: it has left the queue, because the player wanted to. */
  public record Cancel(String ticketId) {}
}
