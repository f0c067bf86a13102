package parley.matchmaking;

import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.FixedDelayRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import parley.matchmaking.HandOver.MatchMade;
import parley.matchmaking.MatchmakingNames.ServerReady;
import parley.platform.Instances;
import parley.platform.Instances.Raise;
import parley.platform.Json;

/** Tells the request of each player of a match that there is a server. */
public final class MatchMadeNotificationDistributor {

  private static final Logger LOG =
      Logger.getLogger(MatchMadeNotificationDistributor.class.getName());

  private final Instances instances;

  public MatchMadeNotificationDistributor(Instances instances) {
    this.instances = instances;
  }

  @FunctionName("MatchMadeNotificationDistributor")
  @FixedDelayRetry(maxRetryCount = -1, delayInterval = "00:00:05")
  public void distribute(
      @EventHubTrigger(
              name = "events",
              eventHubName = "%MATCH_MADE_HUB%",
              connection = "EVENTHUB_CONNECTION_STRING",
              cardinality = Cardinality.MANY,
              dataType = "string")
          List<String> events,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    instances.raiseAll(
        durable, events.stream().flatMap(MatchMadeNotificationDistributor::raises).toList());
  }

  private static Stream<Raise> raises(String event) {
    try {
      MatchMade made = Json.read(event, MatchMade.class);
      return made.players().stream()
          .map(
              told ->
                  new Raise(
                      told.playerId().toString(),
                      MatchmakingNames.SERVER_READY,
                      new ServerReady(told.ticketId(), made.sessionId(), made.server())));
    } catch (Json.MalformedException e) {
      LOG.log(Level.WARNING, "an event is set aside: {0}", e.getMessage());
      return Stream.empty();
    }
  }
}
