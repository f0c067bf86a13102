package parley.local;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import parley.local.engine.DurableEngine;
import parley.local.http.Cors;

/**
 * What a local host is to run, and where.
 *
 * @param state the folder that holds everything it keeps
 * @param reset whether to forget first what is there
 * @param clock what the app, the timers and the durable engine take the time from
 * @param functions the app's function classes
 * @param settings what was set on purpose: these win over all defaults
 * @param defaults what the app needs on a laptop and nobody has set
 * @param app makes the app once its settings are complete
 * @param retention how long finished orchestrations are kept
 * @param hubs how the event hubs are
 * @param cors which pages may call the functions
 */
public record LocalOptions(
    Path state,
    boolean reset,
    LocalPorts ports,
    Clock clock,
    List<Class<?>> functions,
    Map<String, String> settings,
    Map<String, String> defaults,
    HostedApp.Factory app,
    Duration retention,
    HubOptions hubs,
    Cors cors) {

  public LocalOptions {
    functions = List.copyOf(functions);
    settings = LocalSettings.layered(settings);
    defaults = LocalSettings.layered(defaults);
  }

  /** The same, for pages of its own address only. */
  public LocalOptions(
      Path state,
      boolean reset,
      LocalPorts ports,
      Clock clock,
      List<Class<?>> functions,
      Map<String, String> settings,
      Map<String, String> defaults,
      HostedApp.Factory app,
      Duration retention,
      HubOptions hubs) {
    this(
        state, reset, ports, clock, functions, settings, defaults, app, retention, hubs, Cors.NONE);
  }

  /** The same, keeping finished orchestrations for a week, and event hubs as usual. */
  public LocalOptions(
      Path state,
      boolean reset,
      LocalPorts ports,
      Clock clock,
      List<Class<?>> functions,
      Map<String, String> settings,
      Map<String, String> defaults,
      HostedApp.Factory app) {
    this(
        state,
        reset,
        ports,
        clock,
        functions,
        settings,
        defaults,
        app,
        DurableEngine.A_WEEK,
        HubOptions.DEFAULT);
  }
}
