package parley.platform;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells whether the app can serve. */
public final class HealthFunctions {

  private static final Logger LOG = Logger.getLogger(HealthFunctions.class.getName());

  private final HttpEdge edge;
  private final List<Store> stores;

  public HealthFunctions(HttpEdge edge, List<Store> stores) {
    this.edge = edge;
    this.stores = stores;
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

  record Health(String status, List<StoreHealth> stores) {}

  /** 200, or 503 when a required store is down; each store with its latency. */
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
          boolean up =
              found.stream().allMatch(store -> store.latencyMs() != null || !store.required());
          Health health = new Health(up ? "up" : "down", found);
          return up ? Reply.ok(health) : Reply.of(503, health).header("Retry-After", "2");
        });
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
