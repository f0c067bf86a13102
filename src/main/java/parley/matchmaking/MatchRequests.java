package parley.matchmaking;

import com.microsoft.durabletask.azurefunctions.DurableClientContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.matchmaking.AddPlayers.QueuedPlayer;
import parley.matchmaking.MatchmakingActivities.Outcome;
import parley.matchmaking.Tickets.Taken;
import parley.matchmaking.rules.Bucket;
import parley.matchmaking.rules.Buckets;
import parley.matchmaking.rules.Ending;
import parley.matchmaking.rules.Waits;
import parley.platform.EventSender;
import parley.platform.Instances;
import parley.platform.Instances.Instance;
import parley.platform.Instances.Raise;
import parley.platform.Instances.Start;
import parley.platform.Json;
import parley.platform.ProblemException;

/**
 * Requests of players: a ticket in Redis, an orchestration that watches over it, and an event that
 * has it placed, made in this order. The orchestration is the truth about a request; one that lacks
 * its ticket or its event makes good for it.
 */
public final class MatchRequests {

  private static final Logger LOG = Logger.getLogger(MatchRequests.class.getName());

  /** Longer than any request waits for the word that its ticket has ended. */
  private static final Duration REMEMBERED = Duration.ofHours(2);

  private final Tickets tickets;
  private final Buckets buckets;
  private final Instances instances;
  private final EventSender queue;
  private final Clock clock;

  /**
   * @param queue the hub that players are queued on
   */
  public MatchRequests(
      Tickets tickets, Buckets buckets, Instances instances, EventSender queue, Clock clock) {
    this.tickets = tickets;
    this.buckets = buckets;
    this.instances = instances;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * What became of asking for a match.
   *
   * @param accepted false if another request of the player is under way, which this then is
   */
  record Requested(boolean accepted, MatchView view) {}

  /**
   * Queues a player.
   *
   * @param timeout how long the player wants to wait, or null
   * @throws ProblemException 422 if no sessions are made of that bucket, 503 if a part is away
   */
  Requested request(
      DurableClientContext durable, UUID playerId, String name, Bucket bucket, Duration timeout) {
    Buckets.Rule rule =
        buckets.rule(bucket).orElseThrow(() -> MatchmakingProblems.unknownBucket(bucket));
    MatchRequest request =
        new MatchRequest(
            playerId,
            UUID.randomUUID().toString(),
            name,
            bucket.name(),
            rule.capacity(),
            clock.instant(),
            (timeout == null ? rule.timeout() : timeout).toSeconds(),
            REMEMBERED.toSeconds());
    Optional<MatchRequest> open = Optional.empty();
    if (tickets.take(request) instanceof Taken.Other) {
      open = tickets.openTicket(playerId, rule.capacity(), REMEMBERED.toSeconds());
      if (open.isPresent() && hasEnded(durable, open.get())) {
        open = Optional.empty();
      }
      if (open.isEmpty() && tickets.take(request) instanceof Taken.Other) {
        return running(durable, playerId);
      }
    }
    // A ticket without an orchestration is that of a process which has died in between.
    MatchRequest started = open.orElse(request);
    if (!instances.start(durable, start(started))) {
      // The next one of the same player may have started it in between.
      if (open.isEmpty() && !isOf(instances.find(durable, playerId.toString()), request)) {
        release(request);
      }
      return running(durable, playerId);
    }
    enqueue(started);
    boolean asked = open.isEmpty() || started.bucket().equals(request.bucket());
    return new Requested(asked, view(started));
  }

  /** The player's request, under way or the last; empty if there is none. */
  Optional<MatchView> find(DurableClientContext durable, UUID playerId) {
    return instances
        .find(durable, playerId.toString())
        .map(instance -> instance.running() ? view(request(instance)) : ended(instance));
  }

  /**
   * Takes the player's request out of the queue, if it can be.
   *
   * @return the request as it is then; empty if there is none
   */
  Optional<MatchView> cancel(DurableClientContext durable, UUID playerId) {
    Optional<Instance> instance = instances.find(durable, playerId.toString());
    if (instance.isEmpty() || !instance.get().running()) {
      return instance.map(MatchRequests::ended);
    }
    MatchRequest request = request(instance.get());
    Ending ending =
        tickets.leave(
            playerId, request.ticketId(), new Ending.Cancelled(), request.rememberSeconds());
    if (!(ending instanceof Ending.Matched)) {
      Object cancel = new MatchmakingNames.Cancel(request.ticketId());
      instances.raiseAll(
          durable, List.of(new Raise(playerId.toString(), MatchmakingNames.CANCEL, cancel)));
    }
    double waited = seconds(Duration.between(request.queuedAt(), clock.instant()));
    return Optional.of(MatchView.ended(request, Outcome.of(ending), waited));
  }

  /** What starts the orchestration of a request. */
  static Start start(MatchRequest request) {
    return new Start(
        MatchmakingNames.MATCH_REQUEST_ORCHESTRATOR, request.playerId().toString(), request);
  }

  /** The request that an orchestration was started with. */
  static MatchRequest request(Instance instance) {
    return Json.convert(instance.input(), MatchRequest.class);
  }

  /** Whether it is the orchestration of this very request. */
  static boolean isOf(Optional<Instance> instance, MatchRequest request) {
    return instance.filter(i -> request(i).ticketId().equals(request.ticketId())).isPresent();
  }

  /** Takes the ticket back out whose orchestration is over, so that it ends like that one. */
  private boolean hasEnded(DurableClientContext durable, MatchRequest open) {
    Optional<Instance> instance = instances.find(durable, open.playerId().toString());
    boolean ended = isOf(instance, open) && !instance.get().running();
    if (ended) {
      release(open);
    }
    return ended;
  }

  private void release(MatchRequest request) {
    tickets.leave(
        request.playerId(), request.ticketId(), new Ending.Cancelled(), request.rememberSeconds());
  }

  /** Without it the request finds a seat all the same, some seconds later. */
  private void enqueue(MatchRequest request) {
    try {
      queue.send(
          request.playerId().toString(),
          Json.write(
              new QueuedPlayer(
                  request.playerId(), request.name(), request.bucket(), request.ticketId())));
    } catch (ProblemException e) {
      LOG.log(
          Level.WARNING,
          "left to its request: ticket {0}: {1} ({2})",
          new Object[] {request.ticketId(), e.getMessage(), e.getCause()});
    }
  }

  private Requested running(DurableClientContext durable, UUID playerId) {
    return new Requested(
        false, find(durable, playerId).orElseThrow(MatchmakingProblems::notYetStarted));
  }

  private MatchView view(MatchRequest request) {
    double waited = seconds(Duration.between(request.queuedAt(), clock.instant()));
    Optional<Tickets.Known> known = tickets.ticket(request);
    Waits waits = known.map(Tickets.Known::waits).orElse(Waits.NONE);
    return MatchView.open(request, known, waited, waits.remaining(waited));
  }

  private static MatchView ended(Instance instance) {
    MatchRequest request = request(instance);
    // Without an output it was ended from outside.
    Outcome outcome =
        instance.output() == null || !instance.output().isObject()
            ? Outcome.of(new Ending.Cancelled())
            : Json.convert(instance.output(), Outcome.class);
    Duration waited = Duration.between(request.queuedAt(), instance.lastUpdated());
    return MatchView.ended(request, outcome, seconds(waited));
  }

  private static double seconds(Duration duration) {
    return Math.max(0, duration.toMillis() / 1000.0);
  }
}
