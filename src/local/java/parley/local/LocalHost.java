package parley.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import parley.local.engine.DurableEngine;
import parley.local.eventhubs.trigger.EventHubTriggers;
import parley.local.functions.DurableClients;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionInvoker;
import parley.local.functions.FunctionWorker;
import parley.local.http.HttpFront;
import parley.local.http.HttpFunctions;
import parley.local.http.RouteTable;
import parley.local.push.PushServer;
import parley.local.services.LocalKeys;
import parley.local.services.StartException;
import parley.local.signalr.binding.SignalRBindings;
import parley.local.timers.TimerTriggers;

/**
 * An Azure Functions host for this machine: runs the app's function classes as they are, on a
 * durable engine and servers of its own. {@code mvn -Plocal} starts it by {@link #main}.
 */
public final class LocalHost implements AutoCloseable {

  private static final Set<String> SERVED =
      Set.of(
          "httpTrigger",
          "http",
          "timerTrigger",
          "orchestrationTrigger",
          "activityTrigger",
          "durableClient",
          "eventHubTrigger",
          SignalRBindings.OUTPUT,
          SignalRBindings.CONNECTION_INFO);

  private final Parts parts;
  private final Backing backing;
  private final RouteTable routes;
  private final FunctionCatalog catalog;
  private final DurableEngine engine;
  private final TimerTriggers timers;
  private final HttpFront front;

  private LocalHost(LocalOptions options, Parts parts) throws Exception {
    this.parts = parts;
    LocalSettings.requireConnectionStrings(options.settings());
    catalog = FunctionCatalog.of(options.functions());
    catalog.requireBindings(SERVED);
    routes = new RouteTable(catalog);

    backing = new Backing(options, Set.of("http", "durable"), parts);
    AppStart app = parts.add(new AppStart(options, backing));
    backing.openHubs(catalog);
    Path state = backing.state();
    LocalKeys keys = backing.keys();
    DurableClients clients = new DurableClients();
    SignalRBindings bindings =
        new SignalRBindings(text -> LocalSettings.resolve(text, app.settings()), options.clock());
    FunctionInvoker invoker = new FunctionInvoker(app, clients, bindings);
    engine =
        parts.add(
            DurableEngine.start(
                new DurableEngine.Options(
                    state.resolve("durable.db"),
                    options.ports().durable(),
                    options.clock(),
                    options.retention()),
                new FunctionWorker(catalog, invoker)));
    Map<String, String> settings = app.settings();
    bindings.check(catalog);
    UnaryOperator<String> resolve = text -> LocalSettings.resolve(text, settings);
    front =
        parts.add(
            HttpFront.start(
                options.ports().http(),
                new HttpFunctions(routes, invoker, keys.function(), options.cors()),
                others -> engine.management(keys.system()).routes(others)));
    clients.serve(engine.grpcPort(), front.port(), keys.system());
    timers = parts.add(TimerTriggers.start(catalog, invoker, resolve, options.clock()));
    parts.add(
        EventHubTriggers.start(
            catalog,
            invoker,
            resolve,
            settings,
            options.hubs().triggers(),
            backing.hubs().checkpoints()));
  }

  /** Runs the app until it is interrupted. */
  public static void main(String[] args) {
    LocalMain.run(System.getenv());
  }

  /**
   * Starts everything, and returns when the first request can be answered.
   *
   * @throws StartException if it cannot; the message is for users. Nothing is left running.
   * @throws IllegalArgumentException if a function or a setting is wrong; the message names it
   */
  public static LocalHost start(LocalOptions options) {
    return start(options, new Parts());
  }

  /** Starts everything, putting each part where a shutdown hook finds it. */
  static LocalHost start(LocalOptions options, Parts parts) {
    try {
      return new LocalHost(options, parts);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    } catch (Exception e) {
      parts.close();
      throw new StartException("The local host cannot start: " + e.getMessage(), e);
    }
  }

  /** The port of the functions and the management API. */
  public int httpPort() {
    return front.port();
  }

  /** The port of the durable engine's gRPC. */
  public int durablePort() {
    return engine.grpcPort();
  }

  /** What clients of the event hubs connect with; empty if the user has named others. */
  public Optional<String> eventHubs() {
    return backing.hubs().connectionString();
  }

  /** What servers of the SignalR service connect with; empty if the user has named another. */
  public Optional<String> signalR() {
    return backing.signalR().connectionString();
  }

  /** The notification hub; empty if the user has named another. */
  public Optional<PushServer> notificationHub() {
    return backing.push();
  }

  /** What opens the management API. */
  public String systemKey() {
    return backing.keys().system();
  }

  /** What opens functions whose level is not anonymous. */
  public String functionKey() {
    return backing.keys().function();
  }

  /** All functions that it runs. */
  FunctionCatalog catalog() {
    return catalog;
  }

  /** The routes of those that answer HTTP. */
  RouteTable routes() {
    return routes;
  }

  /** The folder that holds everything it keeps. */
  Path state() {
    return backing.state();
  }

  /** The backing servers that it started, and what it serves in their place, with addresses. */
  List<String> services() {
    return backing.descriptions();
  }

  /** Has the timers, the durable engine and the event hubs look at the clock; for tests. */
  public void clockMoved() {
    engine.clockMoved();
    timers.clockMoved();
    backing.hubs().clockMoved();
  }

  /** Ends everything, children too. */
  @Override
  public void close() {
    parts.close();
  }
}
