package parley.local.eventhubs.trigger;

import com.azure.messaging.eventhubs.CheckpointStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionDefinition;
import parley.local.functions.FunctionInvoker;

/**
 * Runs the functions that take events of hubs, wherever their connection strings say that these
 * are: at the local host's own hubs, or in Azure.
 */
public final class EventHubTriggers implements AutoCloseable {

  /** How long calls under way may take to end before they are interrupted. */
  private static final long CALLS_MILLIS = 500;

  private final List<HubListener> listeners;

  private EventHubTriggers(List<HubListener> listeners) {
    this.listeners = listeners;
  }

  /**
   * Starts all functions of a catalogue that take events.
   *
   * @param resolve replaces {@code %NAME%} in an annotation by that setting
   * @param settings where the connection strings are
   * @throws IllegalArgumentException if one of them cannot be served; the message names the
   *     function
   */
  public static EventHubTriggers start(
      FunctionCatalog catalog,
      FunctionInvoker invoker,
      UnaryOperator<String> resolve,
      Map<String, String> settings,
      TriggerOptions options,
      CheckpointStore checkpoints) {
    List<HubListener> listeners =
        catalog.triggeredBy(HubFunction.TRIGGER).stream()
            .map(function -> HubFunction.of(function, resolve, settings))
            .map(target -> new HubListener(target, invoker, options, checkpoints))
            .toList();
    listeners.forEach(HubListener::start);
    return new EventHubTriggers(listeners);
  }

  /**
   * The names of the hubs that functions take events from through a connection.
   *
   * @param connection the setting with its connection string
   * @throws IllegalArgumentException if a name needs a setting that is missing; it names both
   */
  public static List<String> hubs(
      FunctionCatalog catalog, UnaryOperator<String> resolve, String connection) {
    return catalog.triggeredBy(HubFunction.TRIGGER).stream()
        .filter(function -> function.trigger().text("connection").equals(connection))
        .map(function -> hub(function, resolve))
        .toList();
  }

  private static String hub(FunctionDefinition function, UnaryOperator<String> resolve) {
    try {
      return resolve.apply(function.trigger().text("eventHubName"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "function %s: %s".formatted(function.name(), e.getMessage()), e);
    }
  }

  /**
   * Ends within about two seconds. A call that does not end at once is interrupted, and gets its
   * events again at the next start.
   */
  @Override
  public void close() {
    listeners.forEach(HubListener::beginStop);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CALLS_MILLIS);
    while (System.nanoTime() < end && listeners.stream().anyMatch(HubListener::isCalling)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    listeners.forEach(HubListener::interrupt);
    List<Thread> stops = new ArrayList<>();
    for (HubListener listener : listeners) {
      Thread stop = new Thread(listener::stop, "event-hub-trigger-stop");
      stop.start();
      stops.add(stop);
    }
    try {
      for (Thread stop : stops) {
        stop.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
