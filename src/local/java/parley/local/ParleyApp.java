package parley.local;

import java.time.Clock;
import java.util.Map;
import parley.App;
import parley.FunctionFactory;
import parley.local.services.StartException;
import parley.platform.Schema;

/** Parley itself, made at start so that a wrong setting is found then. */
public final class ParleyApp implements HostedApp.Factory {

  /**
   * {@inheritDoc}
   *
   * @throws StartException if the database cannot be reached, or refuses the user
   */
  @Override
  public void migrate(Map<String, String> settings) {
    try {
      App.migrate(settings);
    } catch (Schema.UnusableException e) {
      throw new StartException(e.getMessage(), e);
    }
  }

  @Override
  public HostedApp make(Map<String, String> settings, Clock clock) {
    App app = new App(settings, clock);
    return new HostedApp(new FunctionFactory(() -> app), app);
  }
}
