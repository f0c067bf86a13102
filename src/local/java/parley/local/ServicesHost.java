package parley.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import parley.local.functions.FunctionCatalog;
import parley.local.services.StartException;

/**
 * Only the services behind the app, for another Functions host such as {@code func host start}:
 * {@code mvn -Plocal -Dservices}. The durable engine is not among them: that host brings the real
 * Durable Functions.
 */
final class ServicesHost {

  /** What the other host itself is to know: its state is kept in Azurite. */
  private static final Map<String, String> HOST =
      Map.of(
          "FUNCTIONS_WORKER_RUNTIME", "java", "AzureWebJobsStorage", "UseDevelopmentStorage=true");

  private final Backing backing;
  private final Map<String, String> settings;

  private ServicesHost(Backing backing, Map<String, String> settings) {
    this.backing = backing;
    this.settings = settings;
  }

  /**
   * Starts the services and migrates the database, putting each part where a shutdown hook finds
   * it.
   *
   * @param options its settings are all printed later
   * @throws StartException if it cannot; the message is for users
   */
  static ServicesHost start(LocalOptions options, Parts parts) {
    try {
      Backing backing = new Backing(options, Set.of(), parts);
      backing.openHubs(FunctionCatalog.of(options.functions()));
      Map<String, String> settings =
          LocalSettings.layered(HOST, options.defaults(), backing.start(), options.settings());
      options.app().migrate(settings);
      return new ServicesHost(backing, settings);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new StartException("The services cannot start: " + e.getMessage(), e);
    }
  }

  /** Prints what {@code local.settings.json} has to hold, keys included, and where all is. */
  void print(PrintStream out) {
    out.printf("%n%s%n%n", json());
    backing.descriptions().forEach(out::println);
    out.println("Ready; what is in braces is for local.settings.json. Ctrl-C ends it.");
    out.flush();
  }

  private String json() {
    ObjectNode file = JsonNodeFactory.instance.objectNode().put("IsEncrypted", false);
    ObjectNode values = file.putObject("Values");
    new TreeMap<>(settings).forEach(values::put);
    return file.toPrettyString();
  }
}
