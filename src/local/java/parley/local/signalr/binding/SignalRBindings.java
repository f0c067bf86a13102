package parley.local.signalr.binding;

import com.google.gson.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import parley.local.functions.Binding;
import parley.local.functions.BindingData;
import parley.local.functions.BindingExtension;
import parley.local.functions.FunctionCatalog;
import parley.local.functions.FunctionDefinition;

/**
 * The bindings of SignalR as the extension of Azure Functions has them, for whichever service the
 * connection string names: this machine's, or one in Azure.
 */
public final class SignalRBindings implements BindingExtension {

  /** The type of {@code @SignalROutput}. */
  public static final String OUTPUT = "SignalR";

  /** The type of {@code @SignalRConnectionInfoInput}. */
  public static final String CONNECTION_INFO = "SignalRConnectionInfo";

  private static final Set<String> TYPES = Set.of(OUTPUT, CONNECTION_INFO);

  /** Where the connection string is if the binding names no setting. */
  private static final String USUAL_SETTING = "AzureSignalRConnectionString";

  private final Settings settings;
  private final Clock clock;

  /** The settings of the app, which may still have to be waited for. */
  public interface Settings {

    /**
     * Replaces each {@code %NAME%} by that setting.
     *
     * @throws IllegalArgumentException if there is none; the message names it
     * @throws Exception if there will be no settings
     */
    String resolve(String text) throws Exception;
  }

  /**
   * @param clock what tokens get their time from
   */
  public SignalRBindings(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes sure that there is a service to connect to for every function that wants one.
   *
   * @throws IllegalArgumentException if not; the message names the function
   */
  public void check(FunctionCatalog catalog) throws Exception {
    for (FunctionDefinition function : catalog.functions()) {
      for (Binding binding : function.bindings()) {
        if (TYPES.contains(binding.type())) {
          try {
            service(binding);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "function %s: %s".formatted(function.name(), e.getMessage()), e);
          }
        }
      }
    }
  }

  @Override
  public Set<String> types() {
    return TYPES;
  }

  /** What a client connects with, as JSON. */
  @Override
  public String input(Binding binding, BindingData data) throws Exception {
    if (!binding.type().equals(CONNECTION_INFO)) {
      throw new IllegalArgumentException("a binding of type " + binding.type() + " gives nothing");
    }
    ServiceClient service = service(binding);
    String userId = data.resolve(settings.resolve(binding.text("userId")));
    JsonObject info = new JsonObject();
    info.addProperty("url", service.clientUrl());
    info.addProperty(
        "accessToken", service.clientToken(Optional.of(userId).filter(id -> !id.isEmpty())));
    return info.toString();
  }

  @Override
  public void output(Binding binding, Object value) throws Exception {
    new Messages(service(binding)).send(value);
  }

  private ServiceClient service(Binding binding) throws Exception {
    String named = binding.text("connectionStringSetting");
    String name = named.isEmpty() ? USUAL_SETTING : named;
    String connection = settings.resolve("%" + name + "%");
    String hub = settings.resolve(binding.text("hubName"));
    try {
      return new ServiceClient(ConnectionString.of(connection), hub, clock);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the setting %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
