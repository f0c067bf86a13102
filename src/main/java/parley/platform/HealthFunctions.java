package parley.platform;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells whether the app can serve. */
public final class HealthFunctions {

  private static final Logger LOG = Logger.getLogger(HealthFunctions.class.getName());

  private final HttpEdge edge;
  private final List<Store> stores;
  private final IntSupplier schemaVersion;

  /**
   * @param schemaVersion the version that the database's schema has
   */
  public HealthFunctions(HttpEdge edge, List<Store> stores, IntSupplier schemaVersion) {
    this.edge = edge;
    this.stores = stores;
    this.schemaVersion = schemaVersion;
  }

  /**
   * Something that the app keeps its data in.
   *
   * @param required whether nothing goes without it
   * @param check throws if it does not answer
   */
  public record Store(String name, boolean required, Runnable check) {}

  /**
   * @param latencyMs how long the store took to answer; null if it is down
   */
  record StoreHealth(String name, boolean required, String status, Double latencyMs) {}

  /**
   * @param version what the database has; null if it does not tell
   * @param wanted what this app needs at least
   */
  record SchemaHealth(String status, Integer version, int wanted) {}

  record Health(String status, List<StoreHealth> stores, SchemaHealth schema) {}

  /**
   * 200, or 503 when a required store is down or the schema outdated; each store with its latency.
   */
  @FunctionName("Health")
  public HttpResponseMessage health(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "health")
          HttpRequestMessage<Optional<String>> request) {
    return edge.open(
        request,
        call -> {
          List<StoreHealth> found = stores.stream().map(HealthFunctions::check).toList();
          boolean there =
              found.stream().allMatch(store -> store.latencyMs() != null || !store.required());
          SchemaHealth schema = there ? schema() : unknownSchema();
          boolean up = schema.status().equals("up");
          Health health = new Health(up ? "up" : "down", found, schema);
          return up ? Reply.ok(health) : Reply.of(503, health).header("Retry-After", "2");
        });
  }

  private SchemaHealth schema() {
    try {
      int version = schemaVersion.getAsInt();
      return new SchemaHealth(
          version < Schema.VERSION ? "outdated" : "up", version, Schema.VERSION);
    } catch (ProblemException e) {
      return unknownSchema();
    }
  }

  /** Of a database that was there a moment ago, or is not there. */
  private static SchemaHealth unknownSchema() {
    return new SchemaHealth("unknown", null, Schema.VERSION);
  }

  private static StoreHealth check(Store store) {
    long start = System.nanoTime();
    try {
      store.check().run();
      double latencyMs = Math.round((System.nanoTime() - start) / 10_000.0) / 100.0;
      return new StoreHealth(store.name(), store.required(), "up", latencyMs);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "{0} is down: {1}", new Object[] {store.name(), e.getMessage()});
      return new StoreHealth(store.name(), store.required(), "down", null);
    }
  }
}
