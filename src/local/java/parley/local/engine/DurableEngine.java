package parley.local.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import parley.local.engine.grpc.RemoteWorkers;
import parley.local.engine.grpc.SidecarServer;
import parley.local.engine.http.ManagementApi;
import parley.local.engine.hub.TaskHub;
import parley.local.engine.hub.Waiters;
import parley.local.engine.run.ActivityRunner;
import parley.local.engine.run.Retention;
import parley.local.engine.run.Timers;
import parley.local.engine.run.TurnRunner;
import parley.local.engine.run.Worker;
import parley.local.engine.store.Effects;
import parley.local.engine.store.Recovery;
import parley.local.engine.store.Store;

/**
 * A durable task engine in one process and one SQLite file, behind the gRPC service that the
 * Durable Task SDK for Java speaks.
 *
 * <p>What has been acknowledged, to a client or by starting an activity, is on disk. Orchestrators
 * run once for each turn that is stored; activities run at least once.
 */
public final class DurableEngine implements AutoCloseable {

  /** How long finished instances are kept unless somebody says otherwise. */
  public static final Duration A_WEEK = Duration.ofDays(7);

  private static final Logger LOG = System.getLogger(DurableEngine.class.getName());
  private static final int CHANGES_WAITING = 4_096;
  private static final int READERS = 4;

  private final Store store;
  private final Waiters waiters = new Waiters();
  private final TurnRunner turns;
  private final ActivityRunner activities;
  private final Timers timers;
  private final Retention retention;
  private final TaskHub hub;
  private final SidecarServer server;

  /**
   * How an engine is set up.
   *
   * @param store the database file; its folder is made if it is not there
   * @param grpcPort the port of 127.0.0.1 to listen on, or 0 for any that is free
   * @param clock what timers and times go by
   * @param orchestratorThreads how many instances play a turn at once
   * @param activityThreads how many activities run at once
   * @param mostBacklog how many turns and activities may wait before starts and events are refused
   * @param retention how long an instance is kept after it has finished
   */
  public record Options(
      Path store,
      int grpcPort,
      Clock clock,
      int orchestratorThreads,
      int activityThreads,
      int mostBacklog,
      Duration retention) {

    public Options {
      Objects.requireNonNull(store, "store");
      Objects.requireNonNull(clock, "clock");
      if (retention.isNegative()) {
        throw new IllegalArgumentException("instances cannot be kept for " + retention);
      }
      if (orchestratorThreads < 1 || activityThreads < 1 || mostBacklog < 1) {
        throw new IllegalArgumentException(
            "an engine has at least 1 orchestrator thread, 1 activity thread and room for 1 waiting"
                + " piece of work, got "
                + orchestratorThreads
                + ", "
                + activityThreads
                + " and "
                + mostBacklog);
      }
    }

    /** Four instances and 32 activities at once, 20,000 waiting. */
    public Options(Path store, int grpcPort, Clock clock, Duration retention) {
      this(store, grpcPort, clock, 4, 32, 20_000, retention);
    }

    /** The same; what has finished stays a week. */
    public Options(Path store, int grpcPort, Clock clock) {
      this(store, grpcPort, clock, A_WEEK);
    }
  }

  private DurableEngine(Options options, Worker worker, Optional<RemoteWorkers> remote)
      throws IOException {
    store = Store.open(options.store(), this::setGoing, CHANGES_WAITING, READERS);
    turns = new TurnRunner(store, worker, options.clock(), options.orchestratorThreads());
    activities = new ActivityRunner(store, worker, options.activityThreads());
    timers = new Timers(store, options.clock());
    retention = new Retention(store, options.clock(), options.retention());
    hub =
        new TaskHub(
            store,
            worker,
            options.clock(),
            waiters,
            () -> turns.waiting() + activities.waiting(),
            options.mostBacklog());
    server = new SidecarServer(options.grpcPort(), hub, remote);
  }

  /**
   * Opens the store, listens on 127.0.0.1, and takes up what was left unfinished in the store.
   *
   * @throws IOException if the store is in use by another engine or cannot be opened, or the port
   *     is taken; the message says which
   */
  public static DurableEngine start(Options options, Worker worker) throws IOException {
    return start(new DurableEngine(options, worker, Optional.empty()));
  }

  /**
   * The same, but turns and activities go to the programs that connect as workers, and wait while
   * there is none.
   *
   * @throws IOException as above
   */
  public static DurableEngine start(Options options) throws IOException {
    RemoteWorkers workers = new RemoteWorkers();
    return start(new DurableEngine(options, workers, Optional.of(workers)));
  }

  private static DurableEngine start(DurableEngine engine) throws IOException {
    try {
      Effects unfinished = engine.unfinished(); // before there are clients to begin anything new
      engine.server.start();
      engine.setGoing(unfinished);
      engine.timers.start();
      engine.retention.start();
      return engine;
    } catch (IOException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** The port that gRPC clients find this engine at. */
  public int grpcPort() {
    return server.port();
  }

  /**
   * The HTTP face of this engine.
   *
   * @param systemKey what its requests must carry
   */
  public ManagementApi management(String systemKey) {
    return new ManagementApi(hub, systemKey);
  }

  /**
   * To be called when the clock was moved by hand: the timers that are due now fire, soon after.
   *
   * <p>The turns of an instance lie at least a millisecond apart. Under a clock that stands still
   * an instance is therefore some milliseconds ahead of it, and so are the timers that it sets for
   * a duration: move the clock a little further than that.
   */
  public void clockMoved() {
    timers.clockMoved();
    retention.clockMoved();
  }

  /** Runs on the store's writer thread, after each commit. */
  private void setGoing(Effects effects) {
    if (effects.startsOver()) {
      activities.forget();
    }
    effects.ready().forEach(turns::ready);
    effects.activities().forEach(activities::call);
    effects.nextTimer().ifPresent(timers::at);
    effects.reached().forEach(waiters::reached);
  }

  private Effects unfinished() throws IOException {
    try {
      return store.put(new Recovery()).get();
    } catch (ExecutionException e) {
      throw new IOException("the durable engine could not read what was unfinished", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the durable engine was interrupted while starting", e);
    }
  }

  /**
   * Ends within about two seconds. Clients are cut off, turns and activities that do not end at
   * once are interrupted, and what is unfinished is run again at the next start.
   */
  @Override
  public void close() {
    server.stop();
    retention.close();
    timers.close();
    turns.close();
    activities.close();
    server.close();
    try {
      store.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the durable engine is closed, but not in good order", e);
    }
  }
}
