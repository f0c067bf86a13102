package parley.local;

import java.time.Clock;
import java.util.Map;
import parley.App;
import parley.FunctionFactory;

/** Parley itself, made at start so that a wrong setting is found then. */
public final class ParleyApp implements HostedApp.Factory {

  @Override
  public void migrate(Map<String, String> settings) {
    App.migrate(settings);
  }

  @Override
  public HostedApp make(Map<String, String> settings, Clock clock) {
    App app = new App(settings, clock);
    return new HostedApp(new FunctionFactory(() -> app), app);
  }
}
