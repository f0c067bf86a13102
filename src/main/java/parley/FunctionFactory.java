package parley;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Hands the Java worker the app's function objects. The app is made at the first request, not at
 * load, so that the worker can index the functions before any setting is there.
 */
public final class FunctionFactory implements FunctionInstanceInjector {

  private final Supplier<App> make;
  private App app;

  /** For the worker, which finds this class through {@code META-INF/services}. */
  public FunctionFactory() {
    this(() -> new App(System.getenv(), Clock.systemUTC()));
  }

  /** For a host that brings its own settings and clock. */
  public FunctionFactory(Supplier<App> make) {
    this.make = make;
  }

  @Override
  public synchronized <T> T getInstance(Class<T> functionClass) {
    if (app == null) {
      app = make.get();
    }
    return app.get(functionClass);
  }
}
