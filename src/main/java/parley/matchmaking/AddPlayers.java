package parley.matchmaking;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.EventHubTrigger;
import com.microsoft.azure.functions.annotation.FixedDelayRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import com.microsoft.durabletask.azurefunctions.DurableClientInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.matchmaking.Tickets.Seat;
import parley.matchmaking.Tickets.Taken;
import parley.matchmaking.rules.Bucket;
import parley.matchmaking.rules.Buckets;
import parley.matchmaking.rules.Ending;
import parley.platform.Instances;
import parley.platform.Instances.Instance;
import parley.platform.Json;
import parley.platform.Sha256;

/**
 * Puts the players of a batch of events into sessions, and hands over at once those that are full.
 * An event comes at least once; the second time it changes nothing.
 */
public final class AddPlayers {

  private static final Logger LOG = Logger.getLogger(AddPlayers.class.getName());

  private static final int NAME_LENGTH = 255;

  private final Tickets tickets;
  private final HandOver handOver;
  private final Buckets buckets;
  private final Instances instances;
  private final Duration retention;
  private final Clock clock;

  /**
   * @param retention how long the hub may deliver an event once more
   */
  public AddPlayers(
      Tickets tickets,
      HandOver handOver,
      Buckets buckets,
      Instances instances,
      Duration retention,
      Clock clock) {
    this.tickets = tickets;
    this.handOver = handOver;
    this.buckets = buckets;
    this.instances = instances;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * The event on the hub.
   *
   * @param settings the bucket, as a text with its keys in any order
   * @param ticketId the ticket that RequestMatch has made; null from a trusted sender, who has none
   */
  record QueuedPlayer(
      @JsonProperty("GUID") UUID playerId,
      @JsonProperty("Name") String name,
      @JsonProperty("MatchmakingSettings") String settings,
      @JsonProperty("TicketId") String ticketId) {

    QueuedPlayer {
      if (playerId == null) {
        throw new IllegalArgumentException("GUID is missing");
      }
      if (settings == null) {
        throw new IllegalArgumentException("MatchmakingSettings is missing");
      }
      if (name != null && name.length() > NAME_LENGTH) {
        throw new IllegalArgumentException("Name has at most " + NAME_LENGTH + " characters");
      }
      if (ticketId != null && !ticketId.matches("[0-9a-fA-F-]{36}")) {
        throw new IllegalArgumentException("TicketId is a GUID");
      }
    }
  }

  /** A request of an event that has no ticket. */
  private record Bare(MatchRequest request, Instant enqueuedAt) {}

  @FunctionName("AddPlayers")
  @FixedDelayRetry(maxRetryCount = -1, delayInterval = "00:00:05")
  public void addPlayers(
      @EventHubTrigger(
              name = "events",
              eventHubName = "%MATCH_REQUESTS_HUB%",
              connection = "EVENTHUB_CONNECTION_STRING",
              cardinality = Cardinality.MANY,
              dataType = "string")
          List<String> events,
      @BindingName("SequenceNumberArray") long[] sequenceNumbers,
      @BindingName("EnqueuedTimeUtcArray") String[] enqueuedTimes,
      @BindingName("PartitionContext") Map<String, Object> partition,
      @DurableClientInput(name = "durable") DurableClientContext durable) {
    String partitionId = String.valueOf(partition.get("PartitionId"));
    List<Seat> seats = new ArrayList<>();
    List<Bare> bare = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      String ticketId = ticketId(partitionId, sequenceNumbers, events, i);
      Instant enqueuedAt = utc(enqueuedTimes[i]);
      read(events.get(i), ticketId)
          .ifPresent(
              request -> {
                if (request.ticketId().equals(ticketId)) {
                  bare.add(new Bare(request, enqueuedAt));
                } else {
                  seats.add(seat(request));
                }
              });
    }
    requestMatches(durable, bare).forEach(request -> seats.add(seat(request)));
    if (!seats.isEmpty() && tickets.place(seats) > 0) {
      handOver.run();
    }
  }

  /** The request of an event; empty, and logged, for one that is none. */
  private Optional<MatchRequest> read(String event, String ticketId) {
    try {
      QueuedPlayer player = Json.readForeign(event, QueuedPlayer.class);
      Bucket bucket = Bucket.parse(player.settings());
      Buckets.Rule rule =
          buckets
              .rule(bucket)
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no bucket '" + bucket.name() + "'"));
      return Optional.of(
          new MatchRequest(
              player.playerId(),
              player.ticketId() == null ? ticketId : player.ticketId(),
              player.name() == null ? "" : player.name(),
              bucket.name(),
              rule.capacity(),
              clock.instant(),
              rule.timeout().toSeconds(),
              retention.toSeconds()));
    } catch (Json.MalformedException | IllegalArgumentException e) {
      LOG.log(
          Level.WARNING, "event {0} is set aside: {1}", new Object[] {ticketId, e.getMessage()});
      return Optional.empty();
    }
  }

  /**
   * Does for bare events what RequestMatch does for players.
   *
   * @return those whose tickets are open
   */
  private List<MatchRequest> requestMatches(DurableClientContext durable, List<Bare> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    List<Taken> taken = tickets.takeForGood(events.stream().map(Bare::request).toList());
    List<Bare> open = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (taken.get(i) instanceof Taken.Anew || taken.get(i) instanceof Taken.Already) {
        open.add(events.get(i));
      }
    }
    List<MatchRequest> under = new ArrayList<>();
    List<Optional<Instance>> known =
        instances.findAll(
            durable, open.stream().map(event -> event.request().playerId().toString()).toList());
    for (int i = 0; i < open.size(); i++) {
      MatchRequest request = open.get(i).request();
      if (known.get(i).filter(instance -> !instance.running()).isPresent()
          && isOver(open.get(i), known.get(i).get())) {
        release(request);
      } else {
        under.add(request);
      }
    }
    List<Boolean> started =
        instances.startAll(durable, under.stream().map(MatchRequests::start).toList());
    List<MatchRequest> own = new ArrayList<>();
    for (int i = 0; i < under.size(); i++) {
      if (started.get(i) || runs(durable, under.get(i))) {
        own.add(under.get(i));
      } else {
        // Redis had lost the ticket of another request, which still runs.
        release(under.get(i));
      }
    }
    return own;
  }

  /**
   * Whether an event has had its request, or came while another was under way, and only Redis does
   * not know it any more.
   *
   * @param last the player's last request, which is over
   */
  private boolean isOver(Bare event, Instance last) {
    return MatchRequests.isOf(Optional.of(last), event.request())
        || (!event.enqueuedAt().isAfter(last.lastUpdated())
            && event.enqueuedAt().isBefore(tickets.remembersSince()));
  }

  private boolean runs(DurableClientContext durable, MatchRequest request) {
    return MatchRequests.isOf(instances.find(durable, request.playerId().toString()), request);
  }

  private void release(MatchRequest request) {
    tickets.leave(
        request.playerId(), request.ticketId(), new Ending.Refused(), request.rememberSeconds());
  }

  /** The same each time that the event comes. */
  private static String ticketId(
      String partitionId, long[] sequenceNumbers, List<String> events, int i) {
    if (sequenceNumbers.length == events.size()) {
      return partitionId + ":" + sequenceNumbers[i];
    }
    // The host leaves empty events out of the texts alone, so it is not known which number this
    // has.
    return partitionId + ":" + sequenceNumbers[0] + ":" + Sha256.of(events.get(i));
  }

  /** The host gives times in UTC, with or without saying so. */
  private static Instant utc(String time) {
    return Instant.parse(time.endsWith("Z") ? time : time + "Z");
  }

  private static Seat seat(MatchRequest request) {
    return new Seat(request.playerId(), request.ticketId(), request.seats());
  }
}
