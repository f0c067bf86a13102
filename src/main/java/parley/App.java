package parley;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The composition root: every adapter is made here, once per process. */
public final class App implements AutoCloseable {

  /** The classes whose methods are the app's functions. */
  public static final List<Class<?>> FUNCTIONS = List.of();

  private final Map<Class<?>, Object> functions;

  /**
   * Makes the whole app.
   *
   * @param settings the app settings by name, as the environment of a worker holds them
   * @param clock what the app takes the time from
   * @throws IllegalArgumentException if a setting is missing or wrong; the message names it
   */
  public App(Map<String, String> settings, Clock clock) {
    functions = Map.of();
  }

  /** The one instance of a class listed in {@link #FUNCTIONS}. */
  public <T> T get(Class<T> functionClass) {
    return functionClass.cast(functions.get(functionClass));
  }

  @Override
  public void close() {}
}
