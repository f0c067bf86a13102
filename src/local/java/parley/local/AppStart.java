package parley.local;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * The app and the servers behind it, started on a thread of its own while the rest of the host
 * starts. A function that is called too early waits.
 */
final class AppStart implements FunctionInstanceInjector, AutoCloseable {

  private final LocalOptions options;
  private final Backing backing;
  private final Parts parts = new Parts();
  private final Making<Made> app;

  /** What there is in the end. */
  record Made(Map<String, String> settings, FunctionInstanceInjector functions) {}

  /** Begins at once. */
  AppStart(LocalOptions options, Backing backing) {
    this.options = options;
    this.backing = backing;
    app = new Making<>("app-start", this::make);
  }

  /**
   * Waits until the app is there, and tells all settings that it got.
   *
   * @throws Exception what making it threw
   */
  Map<String, String> settings() throws Exception {
    return app.get().settings();
  }

  @Override
  public <T> T getInstance(Class<T> functionClass) throws Exception {
    try {
      return app.await().functions().getInstance(functionClass);
    } catch (ExecutionException thereWillBeNoApp) {
      // The host is about to end. An exception would go into the history as the activity's own, so
      // wait for the engine to interrupt this thread: then the activity runs again another time.
      new CountDownLatch(1).await();
      throw thereWillBeNoApp;
    }
  }

  /** Closes the app; breaks off a start under way. */
  @Override
  public void close() {
    app.close();
    parts.close();
  }

  private Made make() throws Exception {
    Map<String, String> settings =
        LocalSettings.layered(options.defaults(), backing.start(), options.settings());
    options.app().migrate(settings);
    HostedApp hosted = options.app().make(settings, options.clock());
    parts.add(hosted.resources());
    return new Made(settings, hosted.functions());
  }
}
