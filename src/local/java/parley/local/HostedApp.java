package parley.local;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.time.Clock;
import java.util.Map;

/**
 * An app as the local host runs it.
 *
 * @param functions hands out its function objects
 * @param resources closed when the host ends
 */
public record HostedApp(FunctionInstanceInjector functions, AutoCloseable resources) {

  /** How an app comes to be. */
  public interface Factory {

    /** Brings the app's stores to the state that it needs; called before each {@link #make}. */
    default void migrate(Map<String, String> settings) {}

    /**
     * Makes the app.
     *
     * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
     */
    HostedApp make(Map<String, String> settings, Clock clock);
  }
}
